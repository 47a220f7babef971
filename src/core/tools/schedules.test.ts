import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemorySchedules } from '../../../test/fakes/memorySchedules.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import { understand } from '../agents/basics/understand.ts';
import type { Focus } from '../domain/focus.ts';
import type { Question } from '../domain/question.ts';
import { renderQuestionPlain } from '../text/renderQuestionPlain.ts';
import { findTool } from './table.ts';

const signal = new AbortController().signal;
let backend: FakePipelineBackend;
let schedules: MemorySchedules;

beforeEach(() => {
  backend = new FakePipelineBackend(new FakeClock(Date.parse('2026-11-28T12:00:00Z')), {
    name: 'Cluster',
    kind: 'kubeflow',
  });
  schedules = new MemorySchedules(backend);
  backend.schedules = schedules;
  const depth = { name: 'max_depth', type: 'integer', required: false, default: 3 } as const;
  backend.addPipeline({ name: 'iris', parameters: [depth] });
});

const call = (name: string, input: object, more: object = {}) =>
  findTool(`mlops_${name}`)?.call(input, toolDeps(backend, more), signal);
const prepare = (name: string, input: object) =>
  findTool(`mlops_${name}`)?.prepare(input, toolDeps(backend), signal);
const shown = (question: Question | undefined) => question && renderQuestionPlain(question);

describe('scheduling a pipeline', () => {
  const wanted = { pipeline: 'iris', when: 'every weekday at 6', parameters: { max_depth: '5' } };

  it('asks with the schedule in words, its zone, the next three times and every value', async () => {
    const asked = await prepare('schedule_pipeline', wanted);
    const question = shown(asked?.question);
    expect(question?.title).toBe('Schedule iris on Cluster?');
    expect(question?.detail).toContain('It runs every weekday at 06:00 UTC.');
    for (const day of ['Mon 30 Nov', 'Tue 1 Dec', 'Wed 2 Dec'])
      expect(question?.detail).toContain(`${day} 06:00 UTC`);
    expect(question?.detail).toContain('max_depth = 5');
    expect(asked?.standing).toBeUndefined();
    expect(schedules.calls).toEqual([]);
  });

  it('makes the schedule that was shown, once for a consent', async () => {
    const asked = await prepare('schedule_pipeline', wanted);
    for (let times = 0; times < 2; times += 1) {
      const outcome = await call('schedule_pipeline', asked?.input ?? {}, { agreed: asked?.agreed });
      expect(outcome?.text).toMatch(
        /^\*\*`iris` is scheduled:\*\* it runs iris every weekday at 06:00 UTC\. Next: Mon 30 Nov 06:00 UTC/,
      );
      expect(outcome?.did).toBe('Scheduled `iris`');
    }
    expect(schedules.calls).toEqual(['create iris']);
    expect(schedules.all).toMatchObject([
      { timing: { kind: 'cron', cron: '0 0 6 * * 1-5' }, parameters: { max_depth: 5 } },
    ]);
  });

  it.each([
    [{ pipeline: 'iris', when: 'every morning' }, 'Say at which time'],
    [{ pipeline: 'iris', when: 'soon' }, 'is not clear'],
    [{ pipeline: 'iris' }, 'needs a pipeline and a time'],
    [{ pipeline: 'nope', when: 'daily' }, 'There is no pipeline'],
    [{ schedule: 'nope', enabled: false }, 'There is no schedule'],
    [{ schedule: 'nope' }, 'on or off was not said'],
    [{ ...wanted, parameters: { max_depth: 'deep' } }, 'cannot run with these parameters'],
  ])('%j is refused before anyone is asked', async (input, reason) => {
    await expect(prepare('schedule_pipeline', input)).rejects.toThrow(reason);
  });

  it('is not made where the pipeline changed since the question', async () => {
    const asked = await prepare('schedule_pipeline', wanted);
    backend.addPipeline({ name: 'iris', parameters: [], packages: ['other'] });
    await expect(
      call('schedule_pipeline', { ...asked?.input, parameters: {} }, { agreed: asked?.agreed }),
    ).rejects.toMatchObject({ kind: 'conflict' });
    expect(schedules.calls).toEqual([]);
  });

  it('compiles a Python file first, as the question says', async () => {
    backend.addPython({ name: 'churn' });
    backend.preparation = { compiles: 'churn.py' };
    const asked = await prepare('schedule_pipeline', { pipeline: 'churn', when: 'hourly' });
    expect(shown(asked?.question)?.detail).toContain('Compiles churn.py');
  });
});

describe('schedules that are there', () => {
  it('are listed with their times, and with ids where names repeat', async () => {
    schedules.add({ name: 'iris' });
    schedules.add({ name: 'iris', enabled: false, timing: { kind: 'interval', seconds: 2700 } });
    schedules.add({ name: 'old', timing: undefined, pipeline: { id: 'iris.yaml' as never, name: 'iris' } });
    const outcome = await call('list_schedules', {});
    expect(outcome?.text.split('\n')).toEqual([
      '- `old` of `iris` on: never by itself',
      '- `iris` (`schedule-2`) off: every 45 minutes',
      expect.stringMatching(
        /^- `iris` \(`schedule-1`\) on: every weekday at 06:00 UTC, next Mon 30 Nov 06:00 UTC/,
      ),
    ]);
    expect(outcome?.mentions).toHaveLength(3);
  });

  it('are stopped and turned on again, after asking', async () => {
    const id = schedules.add({ name: 'iris' });
    const asked = await prepare('schedule_pipeline', { schedule: 'the schedule', enabled: false });
    expect(shown(asked?.question)?.title).toBe('Stop the schedule iris?');
    expect(asked?.input).toMatchObject({ schedule: id, enabled: false });
    expect((await call('schedule_pipeline', asked?.input ?? {}))?.text).toContain('`iris` is stopped');
    await expect(prepare('schedule_pipeline', { schedule: 'iris', enabled: false })).rejects.toThrow(
      'already off',
    );
    const on = await call('schedule_pipeline', { schedule: 'iris', enabled: true });
    expect(on?.text).toMatch(/`iris` is on:\*\* it runs every weekday at 06:00 UTC\. Next: Mon 30 Nov/);
    expect(schedules.calls).toEqual(['off iris', 'on iris']);
  });

  it('are named by the one that is on, where several fit, else by their ids', async () => {
    schedules.add({ name: 'iris', enabled: false });
    const on = schedules.add({ name: 'iris' });
    const asked = await prepare('schedule_pipeline', { schedule: 'iris', enabled: false });
    expect(asked?.input).toMatchObject({ schedule: on });
    schedules.add({ name: 'iris' });
    await expect(prepare('schedule_pipeline', { schedule: 'iris', enabled: false })).rejects.toThrow(
      'Several schedules fit',
    );
  });

  it('are deleted only with a second yes', async () => {
    schedules.add({ name: 'iris' });
    expect((await call('delete_schedule', { schedule: 'iris' }, { ask: async () => false }))?.text).toBe(
      'The schedule `iris` was not deleted: the person said no.',
    );
    expect(schedules.all).toHaveLength(1);
    expect((await call('delete_schedule', { schedule: 'iris' }))?.text).toBe(
      'The schedule `iris` was deleted. Its runs stay.',
    );
    expect(schedules.all).toEqual([]);
  });
});

it('a connection without a server says plainly that it has none', async () => {
  const local = new FakePipelineBackend();
  local.addPipeline({ name: 'iris' });
  const words = '"This machine" has no schedules: it runs a pipeline only when somebody starts it.';
  for (const [name, input] of [
    ['list_schedules', {}],
    ['schedule_pipeline', { pipeline: 'iris', when: 'daily' }],
    ['delete_schedule', { schedule: 'iris' }],
  ] as const)
    await expect(findTool(`mlops_${name}`)?.call(input, toolDeps(local), signal)).rejects.toMatchObject({
      kind: 'unsupported',
      words,
    });
});

describe('sentences about schedules', () => {
  const understood = (sentence: string, focus: Focus = {}) =>
    understand(sentence, focus, {
      known: {
        pipelines: [...backend.pipelines.values()],
        runs: [],
        allRuns: true,
        buckets: [],
      },
    });

  it.each([
    ['schedule iris every weekday at 6', { pipeline: 'iris', when: 'every weekday at 6' }],
    ['schedule a run of iris every 30 minutes', { pipeline: 'iris', when: 'every 30 minutes' }],
    [
      'schedule iris to run on the first of the month at 2:30',
      { pipeline: 'iris', when: 'on the first of the month at 2:30' },
    ],
    ['run iris every day at 6', { pipeline: 'iris', when: 'every day at 6' }],
    ['every monday at 9 run iris', { pipeline: 'iris', when: 'every monday at 9' }],
    [
      'schedule iris with max_depth 5 daily at 7',
      { pipeline: 'iris', when: 'daily at 7', parameters: { max_depth: '5' } },
    ],
    ['schedule iris 0 6 * * 1-5', { pipeline: 'iris', when: '0 6 * * 1-5' }],
    ['plane iris jeden Werktag um 6', { pipeline: 'iris', when: 'jeden Werktag um 6' }],
    ['starte iris alle 30 Minuten', { pipeline: 'iris', when: 'alle 30 Minuten' }],
    ['lass iris täglich um 6 Uhr laufen', { pipeline: 'iris', when: 'täglich um 6 Uhr' }],
    ['schedule iris every morning', { pipeline: 'iris', when: 'every morning' }],
    ['stop the schedule', { schedule: 'the schedule', enabled: false }],
    ['stop the iris schedule', { schedule: 'iris', enabled: false }],
    ['pause the schedule of iris', { schedule: 'iris', enabled: false }],
    ['stoppe den Zeitplan von iris', { schedule: 'iris', enabled: false }],
    ['resume the schedule', { schedule: 'the schedule', enabled: true }],
  ])('"%s" changes them', (sentence, input) => {
    expect(understood(sentence)).toEqual({ tool: 'mlops_schedule_pipeline', input });
  });

  it('"stop the schedule" means the one that was spoken of', () => {
    expect(understood('stop the schedule', { schedule: 'nightly' })).toMatchObject({
      input: { schedule: 'nightly' },
    });
  });

  it.each([
    'which schedules are there',
    'list my schedules',
    'show me the recurring runs',
    'welche Zeitpläne gibt es?',
    'what is scheduled',
  ])('"%s" lists them', (sentence) => {
    expect(understood(sentence)).toEqual({ tool: 'mlops_list_schedules', input: {} });
  });

  it('"delete the schedule" deletes one', () => {
    expect(understood('delete the schedule')).toEqual({
      tool: 'mlops_delete_schedule',
      input: { schedule: 'the schedule' },
    });
  });

  it.each([
    'schedule churn for tomorrow at 8',
    "don't schedule iris every day at 6",
    'should I schedule iris daily?',
    'how do I schedule iris every day?',
  ])('"%s" changes nothing', (sentence) => {
    const call = understood(sentence);
    expect(typeof call === 'object' ? call.tool : '').not.toMatch(/schedule_pipeline|run_pipeline/);
  });
});
