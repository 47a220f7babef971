import type { Named } from '../domain/mention.ts';
import { type Run, type RunSummary, isActive, preparationFailed, preparationLog } from '../domain/run.ts';
import { summarizeRun } from '../runs/describeRun.ts';
import { commonFolder } from '../storage/commonFolder.ts';
import { failedTasks } from '../runs/failedTask.ts';
import { madeObjects } from '../runs/madeObjects.ts';
import { howFar } from '../runs/progressLine.ts';
import { code, prose } from '../text/markdown.ts';

/** A run as a tool's result: as it stands, and the last good run before it. */
export interface RunResult {
  readonly run: Run;
  readonly previous: RunSummary | undefined;
}

/** The text of a wait: how it went when it ended, where it stands when not. */
export function renderWaited({ run, previous }: RunResult): string {
  if (!isActive(run.state)) return summarizeRun(run, previous);
  return `**${code(run.label)} is still ${run.state}**: ${prose(howFar(run))}. It goes on by itself; wait for it again or look at it later.`;
}

/** That a run was started, and how it stands: "Ran `iris-17` (failed)". */
export function ranText({ label, state }: RunSummary): string {
  if (isActive(state)) return `Started ${code(label)} (still ${state})`;
  return `Ran ${code(label)}${state === 'succeeded' ? '' : ` (${state})`}`;
}

/** A run as a result names it. */
function namedRunOf({ id, label, state, pipeline }: RunSummary): Named & { readonly kind: 'run' } {
  return { kind: 'run', id, label, state, pipeline: pipeline.name };
}

/** A run as a list names it, which does not know of its logs. */
export function mentionOfSummary(run: RunSummary): Named & { readonly kind: 'run' } {
  return { ...namedRunOf(run), log: false };
}

/** What a run's result names. */
export function mentionsOfRun(run: Run, previous?: RunSummary): readonly Named[] {
  const [failed] = failedTasks(run);
  const { pipeline } = run;
  return [
    {
      ...namedRunOf(run),
      ...(previous === undefined ? {} : { against: { id: previous.id, label: previous.label } }),
      ...(failed === undefined ? {} : { failedTask: failed.path }),
      ...(failed?.error.line === undefined ? {} : { failedLine: true }),
      ...logOf(run),
      ...folderOf(run),
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

/** What a task of a run names: it brings its run and its pipeline with it. */
export function mentionsOfTask(run: Run, path: string): readonly Named[] {
  const ofRun = mentionsOfRun(run).filter(({ kind }) => kind !== 'object');
  return [{ kind: 'task', run: run.id, path }, ...ofRun];
}

/** Where what the run made itself is; what cached tasks took over is in the folders of other runs. */
function folderOf(run: Run): { readonly bucket?: string } {
  const made = madeObjects(run);
  const [bucket] = new Set(made.map((object) => object.bucket));
  return bucket === undefined
    ? {}
    : { bucket: commonFolder(made.filter((object) => object.bucket === bucket)) };
}

function logOf(run: Run): { readonly log?: string | false } {
  const { error, hasPreparationLog, tasks } = run;
  if (error?.kind === preparationFailed && hasPreparationLog) return { log: preparationLog };
  const failed = failedTasks(run).find((task) => task.hasLog);
  if (failed !== undefined) return { log: failed.path };
  return hasPreparationLog || tasks.some((task) => task.hasLog) ? {} : { log: false };
}
