import { named, type Paragraph, type Question, textParagraph } from '../domain/question.ts';
import { isActive, type Run, type RunId } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { commonFolder } from '../storage/commonFolder.ts';
import { asName } from '../text/literal.ts';
import { count } from '../text/markdown.ts';
import { madeObjects } from './madeObjects.ts';
import { size } from '../text/units.ts';

/** Most tasks of a run whose logs are measured for the question. */
const mostSized = 50;
/** How many of the pipeline's newest runs are searched for tasks that were cached from this one. */
const mostOthers = 20;

/** The question what is deleted with a run and what stays. Throws MlopsError conflict while the run is active, notFound. */
export async function deleteQuestion(
  backend: PipelineBackend,
  id: RunId,
  signal: AbortSignal,
): Promise<Question> {
  const run = await backend.getRun(id, signal);
  if (isActive(run.state)) {
    throw new MlopsError('conflict', `${asName(run.label)} is still ${run.state}.`, {
      hint: 'Stop it first, then delete it.',
    });
  }
  const [bytes, taken] = await Promise.all([
    sizeOfLogs(backend, run, signal),
    takenFrom(backend, run, signal),
  ]);
  const sized = bytes === undefined ? '' : ` (${size(bytes)})`;
  return {
    title: ['Delete ', named(run.label), '?'],
    verb: 'Delete',
    paragraphs: [
      textParagraph(`Its record and the logs of ${count(run.counts.total, 'task')}${sized} go for good.`),
      artifactsLine(run),
      ...takenLines(taken),
    ],
  };
}

/** Bytes of the last attempts' logs; undefined when there are too many or they cannot be read. */
async function sizeOfLogs(
  backend: PipelineBackend,
  run: Run,
  signal: AbortSignal,
): Promise<number | undefined> {
  const logged = run.tasks.filter((task) => task.hasLog);
  if (logged.length === 0 || logged.length > mostSized) return undefined;
  try {
    const logs = await Promise.all(
      logged.map((task) => backend.readLog(run.id, task.path, { limit: 1 }, signal)),
    );
    return logs.reduce((sum, log) => sum + log.size, 0);
  } catch {
    return undefined;
  }
}

function artifactsLine(run: Run): Paragraph {
  const objects = madeObjects(run);
  if (objects.length === 0) return textParagraph('It has no artifacts in storage.');
  const [verb, whose] = objects.length === 1 ? ['stays', 'artifact'] : ['stay', 'artifacts'];
  return textParagraph(`Its ${objects.length} ${whose} ${verb} in `, named(commonFolder(objects)), '.');
}

interface Taken {
  /** What people call it. */
  readonly run: string;
  readonly tasks: number;
}

/** How many tasks of other runs were cached from this one; unreadable runs do not count. */
async function takenFrom(backend: PipelineBackend, run: Run, signal: AbortSignal): Promise<readonly Taken[]> {
  const { items } = await backend.listRuns({ pipeline: run.pipeline.id, size: 100 }, signal);
  const cached = items.filter((other) => other.id !== run.id && other.counts.cached > 0).slice(0, mostOthers);
  const others = await Promise.allSettled(cached.map((other) => backend.getRun(other.id, signal)));
  return others
    .flatMap((other) => (other.status === 'fulfilled' ? [other.value] : []))
    .map(({ label, tasks }) => ({
      run: label,
      tasks: tasks.filter((task) => task.cachedFrom?.id === run.id).length,
    }))
    .filter(({ tasks }) => tasks > 0);
}

function takenLines(taken: readonly Taken[]): readonly Paragraph[] {
  const [first, ...others] = taken;
  if (first === undefined) return [];
  const tasks = taken.reduce((sum, run) => sum + run.tasks, 0);
  const of = others.length === 0 ? named(first.run) : `${taken.length} other runs`;
  return [
    tasks === 1
      ? textParagraph('A task of ', of, ' was taken from it and keeps its results.')
      : textParagraph(`${tasks} tasks of `, of, ' were taken from it and keep their results.'),
  ];
}
