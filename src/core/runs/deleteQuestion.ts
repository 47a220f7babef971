import { named, type Paragraph, type Phrase, type Question, textParagraph } from '../domain/question.ts';
import type { RunId } from '../domain/run.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { commonFolder } from '../storage/commonFolder.ts';
import { count } from '../text/markdown.ts';
import { size } from '../text/units.ts';
import { type Deletion, deletionsOf, type Taken } from './deletion.ts';

/** The question what is deleted with a run and what stays. Throws MlopsError conflict while the run is active, notFound. */
export async function deleteQuestion(
  backend: PipelineBackend,
  id: RunId,
  signal: AbortSignal,
): Promise<Question> {
  return deleteRunsQuestion(backend, [id], signal);
}

/** The same question about several runs: it names each of them, and what goes and stays with it. */
export async function deleteRunsQuestion(
  backend: PipelineBackend,
  ids: readonly RunId[],
  signal: AbortSignal,
): Promise<Question> {
  const deletions = await deletionsOf(backend, ids, signal);
  const [only, ...others] = deletions;
  return only !== undefined && others.length === 0 ? questionAboutOne(only) : questionAboutAll(deletions);
}

function questionAboutOne(deletion: Deletion): Question {
  const { run, taken } = deletion;
  return {
    title: ['Delete ', named(run.label), '?'],
    verb: 'Delete',
    paragraphs: [
      textParagraph(`Its record and the logs of ${logsOf(deletion)} go for good.`),
      artifactsLine(deletion),
      ...takenLines(taken),
    ],
  };
}

function questionAboutAll(deletions: readonly Deletion[]): Question {
  const names = deletions.map(({ run }) => named(run.label));
  return {
    title: [`Delete ${count(deletions.length, 'run')}?`],
    verb: 'Delete',
    paragraphs: [
      textParagraph('The records and the logs of ', { series: names }, ' go for good; artifacts stay.'),
      { kind: 'list', label: 'With each', lines: deletions.map(lineOf) },
    ],
  };
}

/** "iris-3: logs of 2 tasks (1.2 kB), 2 artifacts stay in `artifacts/iris/`, 1 task of iris-4 was taken from it". */
function lineOf(deletion: Deletion): Phrase {
  const { run, objects, taken } = deletion;
  const [first] = taken;
  const tasks = taken.reduce((sum, other) => sum + other.tasks, 0);
  return [
    named(run.label),
    `: logs of ${logsOf(deletion)}, `,
    ...(objects.length === 0
      ? ['no artifacts']
      : [
          `${count(objects.length, 'artifact')} ${objects.length === 1 ? 'stays' : 'stay'} in `,
          named(commonFolder(objects)),
        ]),
    ...(first === undefined
      ? []
      : [
          `, ${count(tasks, 'task')} of `,
          othersOf(first, taken),
          ` ${tasks === 1 ? 'was' : 'were'} taken from it`,
        ]),
  ];
}

const othersOf = (first: Taken, taken: readonly Taken[]) =>
  taken.length === 1 ? named(first.run) : `${taken.length} other runs`;

/** "2 tasks (1.2 kB)". */
function logsOf({ run, bytes }: Deletion): string {
  return `${count(run.counts.total, 'task')}${bytes === undefined ? '' : ` (${size(bytes)})`}`;
}

function artifactsLine({ objects }: Deletion): Paragraph {
  if (objects.length === 0) return textParagraph('It has no artifacts in storage.');
  const [verb, whose] = objects.length === 1 ? ['stays', 'artifact'] : ['stay', 'artifacts'];
  return textParagraph(`Its ${objects.length} ${whose} ${verb} in `, named(commonFolder(objects)), '.');
}

function takenLines(taken: readonly Taken[]): readonly Paragraph[] {
  const [first] = taken;
  if (first === undefined) return [];
  const tasks = taken.reduce((sum, run) => sum + run.tasks, 0);
  const of = othersOf(first, taken);
  return [
    tasks === 1
      ? textParagraph('A task of ', of, ' was taken from it and keeps its results.')
      : textParagraph(`${tasks} tasks of `, of, ' were taken from it and keep their results.'),
  ];
}
