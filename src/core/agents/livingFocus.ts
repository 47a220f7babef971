import type { Focus } from '../domain/focus.ts';
import type { RunId, RunRef } from '../domain/run.ts';
import { toMlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { forgetRuns } from './moveFocus.ts';

/** The pipelines and runs of a connection; undefined where it has none or is not there any more. */
export type BackendOf = (connection: string | undefined) => Promise<PipelineBackend | undefined>;

const newest = 100;

/** The focus without the runs that were deleted since. A run that cannot be looked at just now stays. */
export async function livingFocus(focus: Focus, backendOf: BackendOf, signal: AbortSignal): Promise<Focus> {
  const named = [
    { connection: focus.connection, names: [focus.run, focus.against] },
    ...(focus.lists ?? []).filter(({ kind }) => kind === 'run'),
  ];
  const gone: RunRef[] = [];
  for (const { connection, names } of named) {
    const ids = new Set(names.flatMap((name) => (typeof name === 'string' ? [name as RunId] : [])));
    const backend = ids.size === 0 ? undefined : await backendOf(connection);
    if (backend === undefined) continue;
    const missing = await missingRuns(backend, [...ids], signal);
    gone.push(...missing.map((id) => ({ connection: backend.connection.id, id })));
  }
  return gone.length === 0 ? focus : forgetRuns(focus, gone);
}

/** Those of these runs that are not there: many are looked for in one list first. */
async function missingRuns(
  backend: PipelineBackend,
  ids: readonly RunId[],
  signal: AbortSignal,
): Promise<readonly RunId[]> {
  const listed =
    ids.length < 3 ? undefined : await backend.listRuns({ size: newest }, signal).catch(() => undefined);
  const known = new Set(listed?.items.map(({ id }) => id));
  const isMissing = (id: RunId) =>
    backend.getRun(id, signal).then(
      () => false,
      (error: unknown) => toMlopsError(error).kind === 'notFound',
    );
  const left = ids.filter((id) => !known.has(id));
  const missing = await Promise.all(left.map(isMissing));
  return left.filter((_id, index) => missing[index]);
}
