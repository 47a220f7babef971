import * as z from 'zod';
import type { Experiment } from '../domain/experiment.ts';
import { experimentsOf } from '../runs/findExperiment.ts';
import { unquote } from '../sentences/words.ts';
import { moment } from '../text/dates.ts';
import { code } from '../text/markdown.ts';
import { pageField } from './fields.ts';
import { inputOfNext, moreText } from './pages.ts';
import { defineTool } from './tool.ts';

export const listExperimentsTool = defineTool({
  name: 'mlops_list_experiments',
  title: 'List experiments',
  userDescription: 'Lists the experiments of a Kubeflow server.',
  modelDescription:
    'Lists the experiments of a Kubeflow server, the newest first. The runs of one: mlops_list_runs.',
  kept: true,
  effect: 'read',
  input: z.strictObject({
    text: z.string().optional().describe('Only those with this text in the name.'),
    archived: z.boolean().optional().describe('true: the archived ones.'),
    page: pageField,
  }),
  progress: () => 'Looking at the experiments',
  run: async ({ text, archived, page }, deps, signal) => {
    const filter = {
      ...(text === undefined ? {} : { text }),
      ...(archived === undefined ? {} : { archived }),
    };
    const asked = { size: 50, ...filter, ...(page === undefined ? {} : { page }) };
    return { filter, found: await experimentsOf(await deps.backend()).list(asked, signal) };
  },
  render: ({ filter, found }) => {
    if (found.items.length > 0)
      return [found.items.map(experimentLine).join('\n'), moreText(found)].filter(Boolean).join('\n\n');
    const kind = filter.archived === true ? 'archived experiments' : 'experiments';
    return filter.text === undefined
      ? `There are no ${kind}.`
      : `No experiment has ${code(filter.text)} in its name.`;
  },
  mentions: () => [],
  more: ({ filter, found }) => inputOfNext(filter, found),
  examples: [
    { say: 'list experiments', means: {}, does: 'of a Kubeflow server' },
    { say: 'list archived experiments', means: { archived: true } },
  ],
  sentences: [
    {
      pattern:
        /^(?:(?:what|which) experiments (?:are|exist|do we have)(?: there)?(?: (?:on|in) (?:the )?(?:server|cluster|kubeflow))?|(?:zeige? (?:mir )?(?:alle |die )?|welche )experimente(?: gibt es| habe ich| haben wir)?)$/i,
      means: () => ({}),
    },
    {
      pattern:
        /^(?:(?:list|show|see|get)(?: me)?(?: all)?(?: of)?(?: the| my)? |(?:what|which) )?(?<archived>archived )?experiments(?: are there| do i have)?(?: (?:with|about|named|like) (?<text>.+))?$/i,
      means: ({ text, archived }) => ({
        text: text === undefined ? undefined : unquote(text),
        archived: archived === undefined ? undefined : true,
      }),
    },
  ],
});

function experimentLine({ name, createdAt, lastRunAt }: Experiment): string {
  const last = lastRunAt === undefined ? 'no run yet' : `last run ${moment(lastRunAt)}`;
  return `- ${code(name)}, of ${moment(createdAt)}, ${last}`;
}
