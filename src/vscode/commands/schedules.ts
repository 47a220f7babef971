import { placeName } from '../../core/connections/placeName.ts';
import { onPlace } from '../../core/domain/question.ts';
import type { Schedule } from '../../core/domain/schedule.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { zoneHere } from '../../core/schedules/nextText.ts';
import { deleteScheduleQuestion, switchQuestion } from '../../core/schedules/scheduleQuestion.ts';
import { schedulesOf } from '../../core/schedules/schedulesOf.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import { ask } from '../window/askQuestion.ts';
import type { Handler } from './command.ts';
import { changingBackend } from './shared/allowed.ts';
import { targetOf } from './shared/arguments.ts';
import { pickSchedule } from './shared/pick.ts';

/** Turns a schedule on or off, after asking. */
export function switchSchedule(services: Services, enabled: boolean): Handler {
  return async (...args) => {
    const title = enabled ? 'Turn on which schedule?' : 'Stop which schedule?';
    const chosen = await chosenSchedule(services, args, {
      effect: 'write',
      title,
      fits: (one) => one.enabled !== enabled,
    });
    if (chosen === undefined || chosen.schedule.enabled === enabled) return;
    const { backend, schedule } = chosen;
    const question = switchQuestion(schedule, enabled, services.clock.now(), zoneHere());
    if (await ask(onPlace(question, placeName(services.connections, backend.connection)), 'information'))
      await schedulesOf(backend).enable(schedule.id, enabled, deadline());
  };
}

/** Deletes a schedule, after asking; its runs stay. */
export function deleteSchedule(services: Services): Handler {
  return async (...args) => {
    const chosen = await chosenSchedule(services, args, {
      effect: 'destroy',
      title: 'Delete which schedule?',
      fits: () => true,
    });
    if (chosen === undefined) return;
    const { backend, schedule } = chosen;
    const question = deleteScheduleQuestion(schedule);
    if (await ask(onPlace(question, placeName(services.connections, backend.connection))))
      await schedulesOf(backend).delete(schedule.id, deadline());
  };
}

async function chosenSchedule(
  services: Services,
  args: readonly unknown[],
  how: {
    readonly effect: 'write' | 'destroy';
    readonly title: string;
    readonly fits: (schedule: Schedule) => boolean;
  },
): Promise<{ readonly backend: PipelineBackend; readonly schedule: Schedule } | undefined> {
  const { connection, schedule: id } = targetOf(args);
  const backend = await changingBackend(services, how.effect, connection);
  const schedules = schedulesOf(backend);
  const schedule =
    id === undefined
      ? await pickSchedule(schedules, how.title, how.fits)
      : await schedules.get(id, deadline());
  return schedule && { backend, schedule };
}
