import * as z from 'zod';
import { resolveRun } from '../runs/findRun.ts';
import { lastGoodRun } from '../runs/lastGoodRun.ts';
import { MlopsError } from '../ports/mlopsError.ts';
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
    { ...mentionOfSummary(after), against: { id: before.id, label: before.label } },
    mentionOfSummary(before),
  ],
});
