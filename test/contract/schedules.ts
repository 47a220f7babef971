import { beforeEach, expect, it } from 'vitest';
import type { Schedule, ScheduleId } from '../../src/core/domain/schedule.ts';
import type { ScheduleRequest, Schedules } from '../../src/core/ports/schedules.ts';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import type { GivenSpec } from '../../src/core/pipelineSpec/givenPipeline.ts';
import type { PipelineBackend } from '../../src/core/ports/pipelineBackend.ts';

/** A backend with the pipeline `quick`, which takes a word, and a pipeline that it does not have. */
interface ScheduleSubject {
  readonly backend: PipelineBackend;
  readonly pipelines: { readonly quick: PipelineId };
  readonly given: GivenSpec;
}

const never = new AbortController().signal;
const notFound = expect.objectContaining({ name: 'MlopsError', kind: 'notFound' }) as unknown;

let keys = 0;

/** What the schedules of every backend do that has some. */
export function schedulesContract(subject: () => ScheduleSubject): void {
  let schedules: Schedules;
  beforeEach(() => {
    schedules = subject().backend.schedules as Schedules;
  });
  const named = (name: string, more: Partial<ScheduleRequest> = {}): ScheduleRequest => ({
    name,
    pipeline: subject().pipelines.quick,
    parameters: { word: 'hi' },
    cache: true,
    timing: { kind: 'cron', cron: '0 0 6 * * 1-5' },
    idempotencyKey: `schedule ${(keys += 1)} ${Math.random()}`,
    ...more,
  });
  const all = async (): Promise<readonly Schedule[]> => {
    const found: Schedule[] = [];
    let page: string | undefined;
    do {
      const listed = await schedules.list({ size: 2, ...(page === undefined ? {} : { page }) }, never);
      found.push(...listed.items);
      page = listed.next;
    } while (page !== undefined);
    return found;
  };

  it('makes a schedule that is on, and says when it starts runs', async () => {
    const id = await schedules.create(named('nightly'), never);
    const made = await schedules.get(id, never);
    expect(made).toMatchObject({
      name: 'nightly',
      pipeline: { name: 'quick' },
      timing: { kind: 'cron', cron: '0 0 6 * * 1-5' },
      zone: schedules.zone,
      enabled: true,
      mostAtOnce: 1,
      catchesUp: false,
      parameters: { word: 'hi' },
    });
    expect(made).not.toHaveProperty('startsAt');
    const timing = { kind: 'interval', seconds: 2700 } as const;
    const apart = await schedules.create(named('apart', { timing }), never);
    expect((await schedules.get(apart, never)).timing).toEqual(timing);
  });

  it('makes one for a request that is repeated, and none for one that was cancelled', async () => {
    const request = named('once');
    const first = await schedules.create(request, never);
    expect(await schedules.create(request, never)).toBe(first);
    await expect(schedules.create(named('twice'), AbortSignal.abort())).rejects.toMatchObject({
      kind: 'cancelled',
    });
    const names = (await all()).map(({ name }) => name);
    expect(names.filter((name) => ['once', 'twice'].includes(name))).toEqual(['once']);
  });

  it('lists every page, and keeps apart schedules of one name', async () => {
    const ids = [
      await schedules.create(named('same'), never),
      await schedules.create(named('same'), never),
      await schedules.create(named('same'), never),
    ];
    const found = (await all()).filter(({ name }) => name === 'same');
    expect(found.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  });

  it('turns one off and on again, and deletes it', async () => {
    const id = await schedules.create(named('switched'), never);
    await schedules.enable(id, false, never);
    expect((await schedules.get(id, never)).enabled).toBe(false);
    await schedules.enable(id, true, never);
    expect((await schedules.get(id, never)).enabled).toBe(true);
    await schedules.delete(id, never);
    await expect(schedules.get(id, never)).rejects.toEqual(notFound);
  });

  it('knows no schedule that is not there', async () => {
    const gone = '00000000-0000-4000-8000-000000000000' as ScheduleId;
    await expect(schedules.get(gone, never)).rejects.toEqual(notFound);
    await expect(schedules.enable(gone, true, never)).rejects.toEqual(notFound);
    await expect(schedules.delete(gone, never)).rejects.toEqual(notFound);
  });

  it('runs a pipeline of the workspace, and refuses one that is not what was agreed to', async () => {
    const { backend, given } = subject();
    const pipeline = given.pipeline.id;
    const request = named('given', { pipeline, given, parameters: { word: 'hi' } });
    const { fingerprint } = await backend.prepareRun(request, never);
    const id = await schedules.create({ ...request, agreed: fingerprint }, never);
    expect((await schedules.get(id, never)).pipeline).toEqual({ id: pipeline, name: given.pipeline.name });
    const other = named('other', { agreed: fingerprint });
    await expect(schedules.create(other, never)).rejects.toMatchObject({ kind: 'conflict' });
  });
}
