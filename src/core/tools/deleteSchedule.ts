import * as z from 'zod';
import { onPlace } from '../domain/question.ts';
import { findSchedule } from '../schedules/findSchedule.ts';
import { deleteScheduleQuestion } from '../schedules/scheduleQuestion.ts';
import { schedulesOf } from '../schedules/schedulesOf.ts';
import { scheduleNamed } from '../sentences/schedule.ts';
import { code, nameText } from '../text/markdown.ts';
import { scheduleField } from './fields.ts';
import { mentionOfSchedule } from './scheduleResult.ts';
import { defineTool } from './tool.ts';

export const deleteScheduleTool = defineTool({
  name: 'mlops_delete_schedule',
  title: 'Delete a schedule',
  userDescription: 'Deletes a schedule for good, after asking twice. Its runs stay.',
  modelDescription:
    'Deletes a schedule for good, after the person has confirmed; its runs stay. Only when the person said delete; to stop one: mlops_schedule_pipeline.',
  effect: 'destroy',
  input: z.strictObject({ schedule: scheduleField }),
  progress: ({ schedule }) => `Deleting the schedule ${nameText(schedule)}`,
  confirm: async ({ schedule: text }, deps, signal) => {
    const found = await findSchedule(schedulesOf(await deps.backend()), text, signal);
    return { input: { schedule: found.id }, question: onPlace(deleteScheduleQuestion(found), deps.place) };
  },
  run: async ({ schedule: text }, deps, signal) => {
    const schedules = schedulesOf(await deps.backend());
    const schedule = await findSchedule(schedules, text, signal);
    if (!(await deps.ask(onPlace(deleteScheduleQuestion(schedule), deps.place))))
      return { agreed: false, schedule };
    await schedules.delete(schedule.id, signal);
    return { agreed: true, schedule };
  },
  render: ({ agreed, schedule: { name } }) =>
    agreed
      ? `The schedule ${code(name)} was deleted. Its runs stay.`
      : `The schedule ${code(name)} was not deleted: the person said no.`,
  mentions: ({ agreed, schedule }) => (agreed ? [] : [mentionOfSchedule(schedule)]),
  did: ({ agreed, schedule }) => (agreed ? `Deleted the schedule ${code(schedule.name)}` : undefined),
  examples: [{ say: 'delete the iris schedule', means: { schedule: 'iris' }, does: 'its runs stay' }],
  sentences: [
    {
      pattern:
        /^(?:delete|remove|erase|get rid of|throw away|l(?:ö|oe)sche?|entferne) (?<before>.*?) ?(?:schedule|recurring run|zeitplan)(?<after>.*)$/i,
      means: (groups, focus) => ({ schedule: scheduleNamed(groups, focus) }),
    },
  ],
});
