import * as z from 'zod';
import type { Json, JsonObject } from '../domain/json.ts';
import { onPlace } from '../domain/question.ts';
import type { Schedule, Timing } from '../domain/schedule.ts';
import { compiledPlan, showsMore } from '../pipelines/compiledPlan.ts';
import { planRun, type RunPlan } from '../pipelines/planRun.ts';
import { ChangedSince } from '../ports/changedSince.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { findSchedule } from '../schedules/findSchedule.ts';
import { nextTexts, zoneHere } from '../schedules/nextText.ts';
import { readTiming } from '../schedules/readTiming.ts';
import { scheduleQuestion, switchQuestion } from '../schedules/scheduleQuestion.ts';
import { schedulesOf } from '../schedules/schedulesOf.ts';
import { timingText } from '../schedules/timingText.ts';
import { scheduleNamed, scheduleWish, scheduleWishAfter } from '../sentences/schedule.ts';
import { asName, quoted } from '../text/literal.ts';
import { code, nameText } from '../text/markdown.ts';
import { pipelineField, scheduleField } from './fields.ts';
import { anyJson } from './inputSchema.ts';
import { mentionOfSchedule } from './scheduleResult.ts';
import { type Confirmation, defineTool, type ToolDeps } from './tool.ts';

const input = z.strictObject({
  pipeline: pipelineField.optional(),
  when: z.string().min(1).max(200).optional().describe('"every weekday at 6", or a cron; times are in UTC.'),
  parameters: z.record(z.string(), anyJson).optional().describe('By name; leave out those that stay.'),
  name: z.string().min(1).max(100).optional().describe('Only when the person gave one.'),
  schedule: scheduleField.optional().describe('An existing one, to turn on or off.'),
  enabled: z.boolean().optional().describe('With `schedule`: false stops it, true turns it on.'),
});
type Input = z.infer<typeof input>;

type Done =
  | { readonly kind: 'made' | 'on' | 'off'; readonly schedule: Schedule; readonly next: readonly string[] }
  | { readonly kind: 'already'; readonly schedule: Schedule; readonly next: readonly string[] };

const toggled = '(?:schedule|recurring runs?|zeitplan)';

export const schedulePipelineTool = defineTool({
  name: 'mlops_schedule_pipeline',
  title: 'Schedule a pipeline',
  userDescription:
    'Runs a pipeline again and again on Kubeflow, or turns a schedule on or off, after asking.',
  modelDescription:
    'Makes a schedule that runs a pipeline again and again (pipeline, when), or stops or resumes one (schedule, enabled), after the person has confirmed. Only when the person asked for it.',
  effect: 'write',
  input,
  progress: ({ pipeline, schedule }) =>
    pipeline === undefined
      ? `Changing the schedule ${nameText(schedule ?? '')}`
      : `Scheduling ${nameText(pipeline)}`,
  confirm: async (request, deps, signal) => {
    const backend = await deps.backend();
    if (request.schedule !== undefined) return switched(request.schedule, request, deps, signal);
    return confirmation(request, await plan(request, backend, signal), { ...deps, backend });
  },
  run: async (request, deps, signal): Promise<Done> => {
    const backend = await deps.backend();
    const schedules = schedulesOf(backend);
    const now = deps.clock.now();
    const told = (kind: Done['kind'], schedule: Schedule): Done => ({
      kind,
      schedule,
      next: nextOfThree(schedule, now),
    });
    if (request.schedule !== undefined) {
      const enabled = enabledIn(request);
      const found = await findSchedule(schedules, request.schedule, signal, !enabled);
      if (found.enabled === enabled) return told('already', found);
      await schedules.enable(found.id, enabled, signal);
      return told(enabled ? 'on' : 'off', { ...found, enabled });
    }
    const { agreed, ...planned } = await compiled(request, { ...deps, backend }, signal);
    const id = await schedules.create(
      {
        pipeline: planned.pipeline.id,
        name: request.name ?? planned.pipeline.name,
        parameters: planned.given,
        cache: true,
        timing: planned.timing,
        idempotencyKey: deps.idempotencyKey,
        ...(agreed === undefined ? {} : { agreed }),
      },
      signal,
    );
    return told('made', await schedules.get(id, signal));
  },
  render: doneText,
  mentions: ({ schedule }) => [mentionOfSchedule(schedule)],
  did: ({ kind, schedule }) => {
    const name = code(schedule.name);
    if (kind === 'already') return undefined;
    return kind === 'made'
      ? `Scheduled ${name}`
      : `${kind === 'on' ? 'Turned on' : 'Stopped'} the schedule ${name}`;
  },
  examples: [
    {
      say: 'schedule iris every weekday at 6',
      means: { pipeline: 'iris', when: 'every weekday at 6' },
      does: 'asks first and shows the next three times (Kubeflow)',
    },
    {
      say: 'stop the iris schedule',
      means: { schedule: 'iris', enabled: false },
      does: 'it can be turned on again',
    },
    { say: 'turn on the iris schedule', means: { schedule: 'iris', enabled: true } },
  ],
  sentences: [
    {
      pattern:
        /^(?:schedule|plane?|plan) (?:(?:a )?(?:recurring )?runs? (?:of|for) )?(?<what>.+?)(?: ein)?$/i,
      means: scheduleWish,
    },
    {
      pattern:
        /^(?:run|start|execute|launch|retrain|starte|lass|f(?:ü|ue)hre) (?<what>.+?)(?: (?:laufen|aus))?$/i,
      means: scheduleWish,
    },
    {
      pattern:
        /^(?<when>(?:every|each|daily|hourly|weekly|monthly|on|at|jede[nrs]?|alle|t(?:ä|ae)glich)\b.*?),? (?:run|start|schedule|starte) (?<what>.+)$/i,
      means: scheduleWishAfter,
    },
    {
      pattern: new RegExp(
        `^(?:stop|pause|disable|suspend|cancel|turn off|switch off|stoppe|pausiere|deaktiviere) (?<before>.*?) ?${toggled}(?<after>.*)$`,
        'i',
      ),
      means: (groups, focus) => ({ schedule: scheduleNamed(groups, focus), enabled: false }),
    },
    {
      pattern: new RegExp(
        `^(?:resume|enable|restart|unpause|continue|turn on|switch on|aktiviere) (?<before>.*?) ?${toggled}(?<after>.*)$`,
        'i',
      ),
      means: (groups, focus) => ({ schedule: scheduleNamed(groups, focus), enabled: true }),
    },
    {
      pattern: /^(?:let|have) (?<pipeline>.+?) run (?<when>.+)$/i,
      means: ({ pipeline = '', when = '' }, focus) => scheduleWish({ what: `${pipeline} ${when}` }, focus),
    },
    {
      pattern: new RegExp(
        `^(?:turn|switch) (?<before>.*?) ?${toggled}(?<after>.*?) (?:back )?(?<which>on|off)(?: again)?$`,
        'i',
      ),
      means: (groups, focus) => ({
        schedule: scheduleNamed(groups, focus),
        enabled: groups['which']?.toLowerCase() === 'on',
      }),
    },
  ],
});

interface Planned extends RunPlan {
  readonly timing: Timing;
}

async function plan(request: Input, backend: PipelineBackend, signal: AbortSignal): Promise<Planned> {
  const { pipeline, when, parameters = {} } = request;
  schedulesOf(backend);
  if (pipeline === undefined || when === undefined)
    throw new MlopsError('invalid', 'A schedule needs a pipeline and a time.', {
      hint: 'Say both: schedule iris every weekday at 6.',
    });
  const timing = timingIn(when);
  return { ...(await planRun(backend, { pipeline, parameters, cache: true }, signal)), timing };
}

function timingIn(when: string): Timing {
  const read = readTiming(when);
  if (read?.kind === 'timing') return read.timing;
  throw new MlopsError('invalid', read?.problem ?? `When ${quoted(when)} is, is not clear.`, {
    hint: 'Say it as in “every weekday at 6”, “every 30 minutes”, “on the first of the month at 2:30”, or as a cron.',
  });
}

function confirmation(
  request: Input,
  { pipeline, values, given, preparation, timing }: Planned,
  { backend, clock }: { readonly backend: PipelineBackend; readonly clock: ToolDeps['clock'] },
): Confirmation {
  const parameters = Object.entries(values).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  );
  const asked = {
    pipeline,
    values,
    set: Object.keys(given),
    preparation,
    cache: true,
    connection: backend.connection,
  };
  const place = { zone: schedulesOf(backend).zone, now: clock.now(), here: zoneHere() };
  const shown: JsonObject = {
    pipeline: pipeline.id,
    when: request.when ?? '',
    parameters: Object.fromEntries(parameters),
    ...(request.name === undefined ? {} : { name: request.name }),
  };
  return {
    question: scheduleQuestion(asked, timing, place),
    input: shown,
    agreed: preparation.fingerprint,
  };
}

function enabledIn({ enabled }: Input): boolean {
  if (enabled !== undefined) return enabled;
  throw new MlopsError('invalid', 'Whether the schedule is to be on or off was not said.', {
    hint: 'Give `enabled`. Another time or other values need a new schedule.',
  });
}

async function switched(
  text: string,
  request: Input,
  deps: ToolDeps,
  signal: AbortSignal,
): Promise<Confirmation> {
  const enabled = enabledIn(request);
  const found = await findSchedule(schedulesOf(await deps.backend()), text, signal, !enabled);
  if (found.enabled === enabled)
    throw new MlopsError(
      'conflict',
      `The schedule ${asName(found.name)} is already ${enabled ? 'on' : 'off'}.`,
    );
  const question = switchQuestion(found, enabled, deps.clock.now(), zoneHere());
  return { input: { schedule: found.id, enabled }, question: onPlace(question, deps.place) };
}

/** The plan and what was agreed to; a Python file is compiled first, and asked about again where it shows more. */
async function compiled(
  request: Input,
  deps: Pick<ToolDeps, 'agreed' | 'ask' | 'clock'> & { readonly backend: PipelineBackend },
  signal: AbortSignal,
): Promise<Planned & { readonly agreed: string | undefined }> {
  const { backend } = deps;
  const asked = await plan(request, backend, signal);
  if (asked.preparation.compiles === undefined) return { ...asked, agreed: deps.agreed };
  if (deps.agreed !== undefined && deps.agreed !== asked.preparation.fingerprint)
    throw new ChangedSince(asked.pipeline.name, ['its code']);
  const now = await compiledPlan(backend, asked, () => plan(request, backend, signal), signal);
  const planned = { ...now, timing: asked.timing };
  if (!showsMore(asked, now) || (await deps.ask(confirmation(request, planned, deps).question)))
    return { ...planned, agreed: now.preparation.fingerprint };
  throw new MlopsError('forbidden', `The answer was no: ${asName(now.pipeline.name)} was not scheduled.`);
}

function nextOfThree(
  { timing, zone, enabled, createdAt, startsAt = createdAt }: Schedule,
  now: number,
): readonly string[] {
  if (timing === undefined || !enabled) return [];
  return nextTexts(timing, { zone, now, here: zoneHere() }, { count: 3, since: startsAt });
}

function doneText({ kind, schedule, next }: Done): string {
  const name = code(schedule.name);
  const when = nameText(timingText(schedule.timing, schedule.zone));
  const times = next.length === 0 ? '' : ` Next: ${next.map(nameText).join(', ')}.`;
  switch (kind) {
    case 'made':
      return `**${name} is scheduled:** it runs ${nameText(schedule.pipeline.name)} ${when}.${times}`;
    case 'on':
      return `**The schedule ${name} is on:** it runs ${when}.${times}`;
    case 'off':
      return `**The schedule ${name} is stopped.** It starts no more runs until it is turned on again; a run that goes on is left alone.`;
    case 'already':
      return `The schedule ${name} was already ${schedule.enabled ? 'on' : 'off'}.`;
  }
}
