import type * as vscode from 'vscode';
import type { BackendChange, PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { systemClock } from '../clock.ts';

/** A backend as this window uses it: guarded, failing lines placed, runs read once for all, secrets hidden. */
export async function wrapBackend(
  backend: PipelineBackend,
  changed: vscode.EventEmitter<BackendChange>,
): Promise<{ readonly backend: PipelineBackend; readonly opened: readonly vscode.Disposable[] }> {
  const [
    { guardedBackend },
    { reportCompiling },
    { redactedBackend },
    { placedBackend },
    { sharedRuns },
    code,
  ] = await Promise.all([
    import('../../core/connections/guardedBackend.ts'),
    import('../../core/pipelines/reportCompiling.ts'),
    import('../../core/runs/redactedBackend.ts'),
    import('../../core/runs/placedBackend.ts'),
    import('../../core/runs/sharedRuns.ts'),
    import('../code/placeOf.ts'),
  ]);
  const shared = sharedRuns(placedBackend(guardedBackend(backend), code.placeOf(backend)), systemClock);
  const reporting = reportCompiling(shared.backend);
  const opened = [
    { dispose: () => shared.dispose() },
    { dispose: reporting.watch((change) => changed.fire(change)) },
  ];
  return { backend: redactedBackend(reporting), opened };
}
