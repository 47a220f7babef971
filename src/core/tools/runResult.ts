import type { Mention } from '../domain/mention.ts';
import { type Run, type RunSummary, isActive } from '../domain/run.ts';
import { summarizeRun } from '../runs/describeRun.ts';
import { failedTasks } from '../runs/failedTask.ts';
import { howFar } from '../runs/progressLine.ts';
import { code, plain } from '../text/markdown.ts';

/** A run as a tool's result: as it stands, and the last good run before it. */
export interface RunResult {
  readonly run: Run;
  readonly previous: RunSummary | undefined;
}

/** The text of a wait: how it went when it ended, where it stands when not. */
export function renderWaited({ run, previous }: RunResult): string {
  if (!isActive(run.state)) return summarizeRun(run, previous);
  return `**${code(run.id)} is still ${run.state}**: ${plain(howFar(run))}. It goes on by itself; wait for it again or look at it later.`;
}

/** What a run's result names. */
export function mentionsOfRun(run: Run, previous?: RunSummary): readonly Mention[] {
  const failed = failedTasks(run)[0]?.path;
  const { pipeline } = run;
  return [
    {
      kind: 'run',
      id: run.id,
      state: run.state,
      pipeline: pipeline.name,
      ...(previous === undefined ? {} : { against: previous.id }),
      ...(failed === undefined ? {} : { failedTask: failed }),
      ...(run.error?.kind === 'environment' && run.hasPreparationLog
        ? { failedPreparing: true as const }
        : {}),
    },
    {
      kind: 'pipeline',
      id: pipeline.id,
      name: pipeline.name,
      ...(pipeline.source === undefined ? {} : { source: pipeline.source }),
    },
    ...run.tasks
      .flatMap((task) => task.artifacts)
      .flatMap(({ object }) => (object === undefined ? [] : [{ kind: 'object', ...object } as const]))
      .slice(0, 20),
  ];
}
