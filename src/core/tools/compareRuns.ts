import * as z from 'zod';
import type { Focus } from '../domain/focus.ts';
import { resolveRun } from '../runs/findRun.ts';
import { lastGoodRun } from '../runs/lastGoodRun.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { listedIn } from '../sentences/listed.ts';
import { runIn } from '../sentences/words.ts';
import { asName } from '../text/literal.ts';
import { nameText } from '../text/markdown.ts';
import { renderComparison } from '../runs/renderComparison.ts';
import { runField } from './fields.ts';
import { mentionOfSummary } from './runResult.ts';
import { defineTool } from './tool.ts';

export const compareRunsTool = defineTool({
  name: 'mlops_compare_runs',
  title: 'Compare two runs',
  userDescription: 'Compares the parameters, metrics and time of two runs.',
  modelDescription:
    'Compares two runs: parameters that differ, every metric with its change and whether that is better where it is known, and the time. Without `with` it takes the last good run before. Use it for "what changed", "is it better".',
  effect: 'read',
  input: z.strictObject({
    run: runField,
    with: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('The run to hold it against; the last good one before it when left out.'),
  }),
  progress: ({ run }) => `Comparing ${nameText(run)}`,
  run: async (request, deps, signal) => {
    const backend = await deps.backend();
    const after = await backend.getRun(await resolveRun(backend, request.run, signal), signal);
    if (request.with !== undefined) {
      const before = await backend.getRun(await resolveRun(backend, request.with, signal), signal);
      return { before, after };
    }
    const before = await lastGoodRun(backend, after, signal);
    if (before !== undefined) return { before, after };
    throw new MlopsError(
      'notFound',
      `There is no good run of ${asName(after.pipeline.name)} before ${asName(after.label)}.`,
      {
        hint: 'Name the run to compare with.',
      },
    );
  },
  render: ({ before, after }) => renderComparison(before, after),
  mentions: ({ before, after }) => [
    mentionOfSummary(before),
    { ...mentionOfSummary(after), against: { id: before.id, label: before.label } },
  ],
  examples: [
    {
      say: 'compare iris-12 with iris-11',
      means: { run: 'iris-12', with: 'iris-11' },
      does: 'parameters, metrics, time',
    },
    { say: 'what changed', means: { run: 'last' }, does: 'since the last good run' },
  ],
  sentences: [
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
