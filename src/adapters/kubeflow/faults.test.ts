// What a network and a server that restarts do to requests: nothing is lost, and nothing is done twice.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SilentLog } from '../../../test/fakes/silentLog.ts';
import { type FaultProxy, startFaultProxy } from '../../../test/servers/faultProxy.ts';
import { uploadTo } from '../../../test/servers/kfp/client.ts';
import { type KfpServer, startKfpServer } from '../../../test/servers/kfp/server.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import type { RunId } from '../../core/domain/run.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { createKubeflow } from './kubeflow.ts';
import { usualPauses } from './repeating.ts';
import { noSignIn, type SignIn } from './signIn/signIn.ts';
import { tokenSignIn } from './signIn/tokenSignIn.ts';

const recordings = path.join(import.meta.dirname, '..', '..', '..', 'test', 'recordings', 'kfp');
const never = new AbortController().signal;
const [reading, starting, scheduling] = [/^GET .*\/runs/, /^POST .*\/runs$/, /^POST .*\/recurringruns$/];

let server: KfpServer;
let proxy: FaultProxy;
let backend: PipelineBackend;
let pipeline: PipelineId;
/** How long requests waited before they were sent again, in milliseconds. */
let waited: number[];

beforeEach(async () => {
  server = await startKfpServer();
  proxy = await startFaultProxy(server.address);
  waited = [];
  backend = backendWith(noSignIn);
  const text = await readFile(path.join(recordings, 'pipelines', 'iris_train.yaml'), 'utf8');
  pipeline = (await uploadTo(server, { name: 'iris', text })) as PipelineId;
});
afterEach(async () => {
  await proxy.close();
  await server.close();
});

function backendWith(signIn: SignIn): PipelineBackend {
  return createKubeflow({
    connection: { id: 'c' as ConnectionId, kind: 'kubeflow', name: 'Cluster', readOnly: false, about: '' },
    endpoint: proxy.address,
    clock: { now: () => Date.now(), delay: async (ms) => void waited.push(ms) },
    log: new SilentLog(),
    attention: { present: false, onDidChange: () => () => undefined },
    pauses: usualPauses,
    signIn,
  });
}

const request = (key: string) => ({ pipeline, parameters: {}, cache: true, idempotencyKey: key });
const start = (key = 'a') => backend.createRun(request(key), never);
const timing = { kind: 'cron', cron: '0 0 6 * * *' } as const;
const schedule = () => backend.schedules?.create({ ...request('s'), name: 'daily', timing }, never);

async function allRuns(size: number): Promise<readonly RunId[]> {
  const ids: RunId[] = [];
  let page: string | undefined;
  do {
    const read = await backend.listRuns({ size, ...(page === undefined ? {} : { page }) }, never);
    ids.push(...read.items.map(({ id }) => id));
    page = read.next;
  } while (page !== undefined);
  return ids;
}

describe('a server that restarts', () => {
  it('in the middle of a list loses no run and shows none twice', async () => {
    for (let count = 0; count < 7; count += 1) await start(`run ${count}`);
    expect(new Set(await allRuns(3)).size).toBe(7);
    const first = await backend.listRuns({ size: 3 }, never);
    proxy.next(reading, 'lost', 'half', { status: 503 });
    const rest = await backend.listRuns({ size: 10, page: first.next ?? '' }, never);
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(7);
    expect(first.items.length + rest.items.length).toBe(7);
    expect(waited).toEqual([...usualPauses]);
  });

  it('is told of when it stays away', async () => {
    proxy.next(reading, 'lost', 'lost', 'lost', 'lost');
    await expect(backend.listRuns({}, never)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it.each([
    ['the request was lost', ['lost'], []],
    ['its answer was lost', ['unanswered'], []],
    ['half of its answer was lost', ['half'], []],
    ['a gateway gave up', [{ status: 504 }], []],
    ['it is not there for a while', ['unanswered'], ['lost', 'lost']],
  ] as const)('in the middle of a start makes one run: %s', async (_what, faults, later) => {
    proxy.next(starting, ...faults);
    const id = await start();
    expect([...server.state.runs.keys()]).toEqual([id]);
    proxy.next(reading, ...later);
    expect(await start()).toBe(id);
    expect(server.state.runs.size).toBe(1);
  });

  it.each(['lost', 'unanswered', 'half'] as const)('makes one schedule: %s', async (fault) => {
    proxy.next(scheduling, fault);
    const id = await schedule();
    expect([...server.state.recurringRuns.keys()]).toEqual([id]);
    expect(await schedule()).toBe(id);
  });

  it('does not say that nothing was started where that is not known', async () => {
    proxy.next(starting, 'unanswered');
    proxy.next(
      /^GET .*\/runs\/[^/]+$/,
      { status: 404, body: '{"code":5,"message":"not found"}' },
      'lost',
      'lost',
      'lost',
      'lost',
    );
    await expect(start()).rejects.toMatchObject({
      message: expect.stringContaining('Whether the run was started is not known.') as string,
    });
  });

  it('deletes a run once, and knows that it did', async () => {
    const id = await start();
    server.advance(3_600_000); // it has ended by then
    proxy.next(/^DELETE /, 'unanswered');
    await backend.deleteRun(id, never);
    expect(server.state.runs.size).toBe(0);
  });
});

describe('a server that turns requests away', () => {
  const tooMany = (seconds: string) => ({ status: 429, headers: { 'retry-after': seconds } });

  it('is asked again after the time that it names', async () => {
    proxy.next(reading, tooMany('2'), tooMany('4'));
    expect((await backend.listRuns({}, never)).items).toEqual([]);
    expect(waited).toEqual([2000, 4000]);
  });

  it('is sent a start again, which was not worked on', async () => {
    proxy.next(starting, tooMany('1'));
    await start();
    expect(server.state.runs.size).toBe(1);
    expect(waited).toEqual([1000]);
  });

  it('is not waited for where it asks for long', async () => {
    proxy.next(reading, tooMany('600'));
    await expect(backend.listRuns({}, never)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(waited).toEqual([]);
  });

  it.each([401, 403, 404, 409, 500])('with %i is asked once', async (status) => {
    proxy.next(reading, { status });
    await expect(backend.listRuns({}, never)).rejects.toThrow('Cluster');
    expect(proxy.calls.filter((call) => reading.test(call))).toHaveLength(1);
  });
});

describe('a token that expires', () => {
  const expired = { status: 401, body: 'token is expired' };
  const asked = (fits: RegExp) => proxy.calls.filter((call) => fits.test(call)).length;
  /** Another program puts a new token in its place as soon as a request that fits has come with the old one. */
  let replaced: { readonly by: RegExp; readonly before: number };

  function expire(by: RegExp, ...faults: readonly (typeof expired)[]): void {
    replaced = { by, before: asked(by) };
    proxy.next(by, ...faults);
  }

  beforeEach(() => {
    replaced = { by: reading, before: 0 };
    const read = async () => (asked(replaced.by) > replaced.before ? 'new' : 'old');
    backend = backendWith(tokenSignIn('Cluster', read, () => Date.now()));
  });

  it('in the middle of a list is renewed once, and no run is lost', async () => {
    for (let count = 0; count < 7; count += 1) await start(`run ${count}`);
    const first = await backend.listRuns({ size: 3 }, never);
    expire(reading, expired);
    const rest = await backend.listRuns({ size: 10, page: first.next ?? '' }, never);
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(7);
    expect(asked(reading)).toBe(replaced.before + 2);
  });

  it('in the middle of a start makes one run', async () => {
    expire(starting, expired);
    await start();
    expect(server.state.runs.size).toBe(1);
    expect(asked(starting)).toBe(2);
  });

  it('is not sent again and again where the new one is refused, too', async () => {
    expire(reading, expired, expired, expired);
    await expect(backend.listRuns({}, never)).rejects.toMatchObject({ kind: 'auth' });
    expect(asked(reading)).toBe(2);
  });
});

it('what never answers can be cancelled', async () => {
  const stop = new AbortController();
  proxy.next(reading, 'silent');
  const asked = backend.listRuns({}, stop.signal);
  await expect.poll(() => proxy.calls.length, { interval: 5 }).toBeGreaterThan(0);
  stop.abort();
  await expect(asked).rejects.toMatchObject({ kind: 'cancelled' });
});
