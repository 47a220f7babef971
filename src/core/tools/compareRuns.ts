import * as z from 'zod';
import type { Focus } from '../domain/focus.ts';
import { resolveRun } from '../runs/findRun.ts';
import { lastGoodRun } from '../runs/lastGoodRun.ts';
import type { Run, RunId } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { listedIn } from '../sentences/listed.ts';
import { runIn } from '../sentences/words.ts';
import { asName } from '../text/literal.ts';
import { nameText } from '../text/markdown.ts';
import { datasetFingerprints } from '../results/datasetFingerprints.ts';
import type { DatasetFingerprints } from '../results/datasets.ts';
import { renderComparison } from '../results/renderComparison.ts';
import { comparedRun } from '../runs/comparedRun.ts';
import { runField } from './fields.ts';
import { mentionOfSummary } from './runResult.ts';
import { defineTool } from './tool.ts';

const mostCompared = 20;

interface ComparedInput {
  readonly runs?: readonly string[] | undefined;
  readonly run?: string | undefined;
  readonly with?: string | undefined;
}

interface Compared {
  readonly runs: readonly Run[];
  readonly datasets: DatasetFingerprints;
  /** Which run a pipeline's name stands for, as Markdown. */
  readonly notes: readonly string[];
}

export const compareRunsTool = defineTool({
  name: 'mlops_compare_runs',
  title: 'Compare runs',
  userDescription: 'Compares the parameters, metrics, data and time of runs.',
  modelDescription:
    "Compares 2 to 20 runs: data and split, parameters that differ, metrics and whether they are better, confusion matrices, time. A pipeline's name means its best run; `run` alone is held against the last good one before it.",
  effect: 'read',
  input: z.strictObject({
    runs: z
      .array(z.string().min(1).max(200))
      .min(1)
      .max(mostCompared)
      .optional()
      .describe('The one to start from first.'),
    run: runField.optional(),
    with: z.string().min(1).max(200).optional().describe('What `run` is held against.'),
  }),
  progress: (input) => `Comparing ${namedIn(input).map(nameText).join(', ') || 'runs'}`,
  run: async (input, deps, signal): Promise<Compared> => {
    const backend = await deps.backend();
    const named = namedIn(input);
    const chosen =
      named.length === 1 ? [] : await inTurn(named, (text) => comparedRun(backend, text, signal));
    const ids = [...new Set(chosen.map(({ id }) => id))];
    const runs =
      ids.length > 1
        ? await inTurn(ids, (id) => backend.getRun(id, signal))
        : await withLastGood(backend, named[0] ?? 'last', ids[0], signal);
    const store = await deps.store().catch(() => undefined); // without one, the data is not compared
    const datasets =
      store === undefined ? new Map() : await datasetFingerprints(runs, store, new Map(), signal);
    return { runs, datasets, notes: chosen.flatMap((run) => run.chosen ?? []) };
  },
  render: ({ runs, datasets, notes }) => [...notes, renderComparison(runs, datasets)].join('\n\n'),
  mentions: ({ runs }) => {
    const [before, after, ...others] = runs;
    if (before === undefined || after === undefined || others.length > 0) return runs.map(mentionOfSummary);
    const against = { id: before.id, label: before.label };
    return [mentionOfSummary(before), { ...mentionOfSummary(after), against }];
  },
  examples: [
    {
      say: 'compare iris-12 with iris-11',
      means: { run: 'iris-12', with: 'iris-11' },
      does: 'parameters, metrics, time',
    },
    {
      say: 'compare iris-10, iris-11 and iris-12',
      means: { runs: ['iris-10', 'iris-11', 'iris-12'] },
      does: 'up to 20 runs side by side',
    },
    { say: 'what changed', means: { run: 'last' }, does: 'since the last good run' },
  ],
  sentences: [
    {
      pattern: /^(?:compare|diff) (?<list>[^,]+(?:, ?[^,]+)+)$/i,
      means: ({ list = '' }, focus) => ({
        runs: list.split(/,\s*(?:and\s+)?|\s+and\s+/i).map((one) => otherRun(one, focus)),
      }),
    },
    {
      pattern: /^(?:compare|diff) (?<a>.+?)(?: (?<how>with|to|and|against|vs\.?) (?<b>.+))?$/i,
      // "Compare a and b" shows what changed from a to b; "compare a with b" what changed from b to a.
      means: ({ a, b, how }, focus) => {
        const [first, second, ...others] = listedIn(a ?? '', focus, 'run') ?? [];
        if (b === undefined && first !== undefined && second !== undefined && others.length === 0)
          return newerFirst(first, second);
        if (b === undefined) return { run: runIn(a, focus) };
        const [after = '', before = ''] = /^(?:and|vs)/i.test(how ?? '') ? [b, a] : [a, b];
        return { run: otherRun(after, focus), with: otherRun(before, focus) };
      },
    },
    {
      pattern: /^what(?: has|'s)? changed(?: since (?<b>.+))?$/i,
      means: ({ b }, focus) => ({
        run: runIn('', focus),
        with: b === undefined ? undefined : otherRun(b, focus),
      }),
    },
  ],
});

/** The runs that an input names, the one to start from first. */
function namedIn({ runs = [], run, with: other }: ComparedInput): readonly string[] {
  return [...(other === undefined ? [] : [other]), ...runs, ...(run === undefined ? [] : [run])];
}

/** A run and the last good one before it. `same` is set where several names meant this one run. */
async function withLastGood(
  backend: PipelineBackend,
  text: string,
  same: RunId | undefined,
  signal: AbortSignal,
): Promise<readonly Run[]> {
  const run = await backend.getRun(same ?? (await resolveRun(backend, text, signal)), signal);
  if (same !== undefined)
    throw new MlopsError('invalid', `All that was named is one run, ${asName(run.label)}.`, {
      hint: 'Name another run to compare with.',
    });
  const before = await lastGoodRun(backend, run, signal);
  if (before !== undefined) return [await backend.getRun(before.id, signal), run];
  throw new MlopsError(
    'notFound',
    `There is no good run of ${asName(run.pipeline.name)} before ${asName(run.label)}.`,
    { hint: 'Name the run to compare with.' },
  );
}

/** The results of `work` for each item, one after the other. */
async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

/** Two runs of a list, the one with the higher number held against the other; the first one where that does not tell. */
function newerFirst(a: string, b: string): { readonly run: string; readonly with: string } {
  const number = (run: string) => Number(/\d+$/.exec(run)?.[0] ?? 0);
  return number(b) > number(a) ? { run: b, with: a } : { run: a, with: b };
}

/** A run, or "the one before": what the run in focus was compared with. */
function otherRun(text: string, focus: Focus): string {
  return /^(?:the )?(?:one before|previous(?: one| run)?)$/i.test(text) && focus.against !== undefined
    ? focus.against
    : runIn(text, focus);
}
