import * as z from 'zod';
import type { Page } from '../domain/page.ts';
import type { Schedule } from '../domain/schedule.ts';
import { zoneHere } from '../schedules/nextText.ts';
import { schedulesOf } from '../schedules/schedulesOf.ts';
import { pageField } from './fields.ts';
import { inputOfNext, moreText } from './pages.ts';
import { mentionOfSchedule, scheduleLine } from './scheduleResult.ts';
import { defineTool } from './tool.ts';

export const listSchedulesTool = defineTool({
  name: 'mlops_list_schedules',
  title: 'List schedules',
  userDescription: 'Lists the schedules (recurring runs) of a Kubeflow connection.',
  modelDescription: 'Lists schedules (recurring runs): on or off, when, the next time.',
  effect: 'read',
  input: z.strictObject({ page: pageField }),
  progress: () => 'Looking for schedules',
  run: async ({ page }, deps, signal) => {
    const query = { size: 50, ...(page === undefined ? {} : { page }) };
    return { found: await schedulesOf(await deps.backend()).list(query, signal), now: deps.clock.now() };
  },
  render: ({ found, now }) => schedulesText(found, now),
  mentions: ({ found }) => found.items.map(mentionOfSchedule),
  more: ({ found }) => inputOfNext({}, found),
  examples: [{ say: 'list schedules', means: {}, does: 'what runs by itself (Kubeflow)' }],
  sentences: [
    {
      pattern:
        /^(?:(?:list|show|see|get|view)(?: me)?(?: all)?(?: of)?(?: the| my| our)? (?:schedules?|scheduled (?:runs|pipelines)|recurring runs)|(?:what|which) (?:schedules|recurring runs)(?: are there| do (?:i|we) have| exist)?|(?:all )?schedules|(?:what|which (?:pipelines|runs)) (?:is|are) scheduled|are there (?:any )?schedules|(?:zeige? (?:mir )?(?:alle |die )?|welche )zeitpl(?:ä|ae)ne(?: gibt es| habe ich| haben wir)?)$/i,
      means: () => ({}),
    },
    {
      // Whoever asks for one pipeline sees it among the others.
      pattern:
        /^(?:what (?:else )?runs (?:by itself|automatically|on its own|regularly)|when (?:does|will) .+ run (?:next|again)|is .+ scheduled(?: at all| yet)?|which pipelines run (?:by themselves|automatically))$/i,
      means: () => ({}),
    },
  ],
});

function schedulesText(page: Page<Schedule>, now: number): string {
  if (page.items.length === 0)
    return 'There are no schedules. To make one, say: schedule iris every weekday at 6.';
  const here = zoneHere();
  const lines = page.items.map((schedule) => scheduleLine(schedule, page.items, now, here));
  return [lines.join('\n'), moreText(page)].filter(Boolean).join('\n\n');
}
