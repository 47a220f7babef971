import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KubeApi } from '../../src/adapters/kubernetes/kubeApi.ts';
import { followPodLog, readPodLog } from '../../src/adapters/kubernetes/podLog.ts';
import { eventsOfWorkflow, podNamed, podsOfRun } from '../../src/adapters/kubernetes/runPods.ts';
import { watchObjects } from '../../src/adapters/kubernetes/watchObjects.ts';
import { SilentLog } from '../fakes/silentLog.ts';
import { systemClock } from '../fakes/systemClock.ts';
import { noCluster, World } from './support/world.ts';

const never = new AbortController().signal;

describe.skipIf(noCluster)('pods of a run', () => {
  let world: World;
  let api: KubeApi;
  beforeAll(async () => {
    world = await World.open();
    api = new KubeApi({ kubeconfig: await world.kubeconfig() });
  });
  afterAll(async () => {
    api.close();
    await world.close();
  });

  it('are found by the label of the run, and only they', async () => {
    const { namespace } = world;
    for (const [name, run] of [
      ['a-1', 'a'],
      ['a-2', 'a'],
      ['b-1', 'b'],
    ] as const)
      await world.pod(name, { labels: { 'pipeline/runid': run }, own: true });
    const { items, more } = await podsOfRun(api, { namespace, run: 'a' }, never);
    expect(items.map(({ metadata }) => metadata.name)).toEqual(['a-1', 'a-2']);
    expect(more).toBe(false);
    expect(await podsOfRun(api, { namespace, run: 'none' }, never)).toEqual({ items: [], more: false });
  });

  it('come with all that Kubernetes tells of them', async () => {
    await world.pod('whole', { labels: { 'pipeline/runid': 'whole' } });
    const { items } = await podsOfRun(api, { namespace: world.namespace, run: 'whole' }, never);
    expect(items[0]?.status?.['containerStatuses']).toMatchObject([{ name: 'main', restartCount: 0 }]);
  });

  it('are read by name, and a pod that is gone is none', async () => {
    await world.pod('named', { own: true });
    expect((await podNamed(api, world.namespace, 'named', never))?.metadata.name).toBe('named');
    await world.deletePod('named');
    expect(await podNamed(api, world.namespace, 'named', never)).toBeUndefined();
  });

  it('keep their events when they are gone', async () => {
    const { namespace } = world;
    const about = (name: string) => ({ kind: 'Pod', name, namespace, apiVersion: 'v1' });
    for (const [name, of] of [
      ['e1', 'iris-x-pod-1'],
      ['e2', 'iris-x'],
      ['e3', 'iris-xy-pod'],
    ] as const)
      await world.create('events', {
        metadata: { name },
        involvedObject: about(of),
        reason: 'Failed',
        type: 'Warning',
      });
    const { items } = await eventsOfWorkflow(api, { namespace, workflow: 'iris-x' }, never);
    expect(items.map(({ involvedObject }) => involvedObject?.name)).toEqual(['iris-x-pod-1', 'iris-x']);
    expect(items[0]?.['reason']).toBe('Failed');
  });

  it('give the log of their container, its end, and that of the container before', async () => {
    const place = { namespace: world.namespace, pod: 'talks' };
    await world.pod('talks');
    await world.prints('talks', 'one\ntwo\nthree', 'it was killed');
    await world.until(async () => (await readPodLog(api, place, {}, never)) !== undefined);
    expect(await readPodLog(api, place, {}, never)).toBe('one\ntwo\nthree\n');
    expect(await readPodLog(api, place, { tailLines: 1 }, never)).toBe('three\n');
    expect(await readPodLog(api, { ...place, previous: true }, {}, never)).toBe('it was killed\n');
  });

  it('have no log where they are gone or were never there', async () => {
    const place = { namespace: world.namespace, pod: 'nobody' };
    expect(await readPodLog(api, place, {}, never)).toBeUndefined();
  });

  it('are followed while they print', async () => {
    const place = { namespace: world.namespace, pod: 'goes-on' };
    await world.pod('goes-on');
    const print = await world.prints('goes-on', 'first');
    await world.until(async () => (await readPodLog(api, place, {}, never)) !== undefined);
    const end = new AbortController();
    let text = '';
    for await (const piece of await followPodLog(api, place, end.signal)) {
      text += Buffer.from(piece).toString();
      if (text === 'first\n') await print('second');
      if (text.includes('second')) break;
    }
    end.abort();
    expect(text).toBe('first\nsecond\n');
  });

  it('tell when they change, until nobody wants to know', async () => {
    const end = new AbortController();
    const told: (string | undefined)[] = [];
    const first = Promise.withResolvers<void>();
    const watched = { path: `/api/v1/namespaces/${world.namespace}/pods`, labelSelector: 'watched' };
    const deps = { api, clock: systemClock, log: new SilentLog() };
    const watching = watchObjects(deps, watched, (name) => (told.push(name), first.resolve()), end.signal);
    let count = 0;
    const more = setInterval(
      () => void world.pod(`seen-${(count += 1)}`, { labels: { watched: '' }, own: true }),
      200,
    );
    await first.promise;
    clearInterval(more);
    end.abort();
    await watching;
    expect(told[0]).toMatch(/^seen-\d+$/);
  });

  it('are not watched where that is not allowed, and the log says so', async () => {
    const log = new SilentLog();
    const guest = new KubeApi({ kubeconfig: await world.guestKubeconfig() });
    const watched = { path: `/api/v1/namespaces/${world.namespace}/pods` };
    await watchObjects({ api: guest, clock: systemClock, log }, watched, () => undefined, never);
    expect(log.lines.join()).toContain('does not allow this');
    guest.close();
  });
});
