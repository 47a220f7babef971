import * as z from 'zod';
import type { FromPanel } from '../../webviews/results/contract.ts';

const object = z.object({ bucket: z.string().min(1).max(300), key: z.string().min(1).max(2000) });
const name = z.string().min(1).max(1000).optional();

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('action'),
    action: z.enum([
      'runAgain',
      'runAgainWith',
      'runWithoutCache',
      'stop',
      'delete',
      'compareWith',
      'copyMarkdown',
      'ask',
      'openFolder',
      'goToLine',
      'openLog',
      'openRun',
      'openPipeline',
    ]),
    run: name,
    task: name,
  }),
  z.object({ type: z.enum(['readReport', 'openObject', 'openInBrowser']), object }),
  z.object({ type: z.literal('openMatrix'), chart: z.int().min(0).max(1000) }),
]);

/** A valid message of the panel; undefined for anything else. */
export function fromPanel(given: unknown): FromPanel | undefined {
  return message.safeParse(given).data as FromPanel | undefined;
}
