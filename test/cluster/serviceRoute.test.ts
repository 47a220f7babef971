import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findPipelines } from '../../src/adapters/kubernetes/findPipelines.ts';
import { KubeApi } from '../../src/adapters/kubernetes/kubeApi.ts';
import { ServiceRoute } from '../../src/adapters/kubernetes/serviceRoute.ts';
import { SilentLog } from '../fakes/silentLog.ts';
import { type Cable, layCable } from './support/cable.ts';
import { type EchoServer, startEcho } from './support/echoServer.ts';
import { noCluster, World } from './support/world.ts';

const never = new AbortController().signal;

describe.skipIf(noCluster)('a service in the cluster', () => {
  let world: World;
  let echo: EchoServer;
  let log: SilentLog;
  let cable: Cable;
  const opened: { close(): void }[] = [];
  beforeAll(async () => {
    world = await World.open();
    echo = await startEcho('first');
    cable = await layCable(world.place.server);
    await world.pod('server-1', { labels: { app: 'server' } });
    await world.forwards('server-1', echo.port);
    await world.service('ml-pipeline', { app: 'server', port: 8888, listens: echo.port, pod: 'server-1' });
  });
  beforeEach(() => {
    log = new SilentLog();
  });
  afterAll(async () => {
    for (const one of opened) one.close();
    await cable.close();
    await echo.close();
    await world.close();
  });

  const route = (kubeconfig: string): ServiceRoute => {
    const api = new KubeApi({ kubeconfig });
    const made = new ServiceRoute({ api, log, target: (signal) => findPipelines(api, undefined, signal) });
    opened.push(made, api);
    return made;
  };
  const ask = async ({ fetch, address }: ServiceRoute, path: string, init: RequestInit = {}) =>
    (await fetch(`${address}${path}`, init)).text();

  it('answers through a tunnel to one of its pods, which stays open', async () => {
    const way = route(await world.kubeconfig());
    const before = echo.connections();
    expect(await ask(way, '/hello?a=b')).toBe('first GET /hello?a=b');
    expect(await ask(way, '/say', { method: 'POST', body: 'words' })).toBe('first POST /say words');
    expect(echo.connections() - before).toBe(1);
    const missing = await way.fetch(`${way.address}/missing`);
    expect([missing.status, await missing.text()]).toEqual([404, '{"message":"not here"}']);
  });

  it('answers many requests at once', async () => {
    const way = route(await world.kubeconfig());
    const asked = Array.from({ length: 20 }, (_, index) => `/${index}`);
    const answers = await Promise.all(asked.map((path) => ask(way, path)));
    expect(answers).toEqual(asked.map((path) => `first GET ${path}`));
  });

  it('is reached again after its connections were cut', async () => {
    const way = route(await world.kubeconfig({ by: cable.server }));
    await ask(way, '/before');
    cable.cut();
    expect(await ask(way, '/after')).toBe('first GET /after');
  });

  it('ends an answer that is cut off with an error', async () => {
    const way = route(await world.kubeconfig({ by: cable.server }));
    const answer = await way.fetch(`${way.address}/slow`);
    const text = answer.text();
    cable.cut();
    await expect(text).rejects.toThrow(/terminated|aborted/);
  });

  it('is reached at another pod when the first is gone', async () => {
    const second = await startEcho('second');
    const place = { app: 'moving', port: 8888, listens: second.port };
    await world.service('moving', place);
    await world.pod('moving-1', { labels: { app: 'moving' } });
    await world.forwards('moving-1', echo.port);
    const api = new KubeApi({ kubeconfig: await world.kubeconfig({ by: cable.server }) });
    const target = async () => ({ namespace: world.namespace, service: 'moving', port: 8888 });
    const way = new ServiceRoute({ api, log, target });
    opened.push(way, api);
    expect(await ask(way, '/')).toBe('first GET /');
    await world.pod('moving-2', { labels: { app: 'moving' } });
    await world.forwards('moving-2', second.port);
    await world.deletePod('moving-1');
    cable.cut();
    expect(await ask(way, '/')).toBe('second GET /');
    await second.close();
  });

  it('is given up when nobody waits for it any more', async () => {
    const way = route(await world.kubeconfig());
    const end = new AbortController();
    const answer = way.fetch(`${way.address}/slow`, { signal: end.signal }).then((one) => one.text());
    setTimeout(() => end.abort(), 50);
    await expect(answer).rejects.toThrow(/ancelled|aborted/);
  });

  it('says that nothing of it is ready', async () => {
    await world.service('asleep', { app: 'asleep', port: 8888, listens: 1 });
    const api = new KubeApi({ kubeconfig: await world.kubeconfig() });
    const target = async () => ({ namespace: world.namespace, service: 'asleep', port: 8888 });
    const way = new ServiceRoute({ api, log, target });
    opened.push(way, api);
    await expect(ask(way, '/')).rejects.toMatchObject({
      kind: 'unreachable',
      message: /No pod of the service/,
    });
  });

  it('answers through the proxy of the API server where port-forward is not allowed', async () => {
    await world.grant(
      { resources: ['services', 'pods'], verbs: ['get', 'list'] },
      { resources: ['services/proxy'], verbs: ['get', 'create'] },
    );
    const way = route(await world.guestKubeconfig());
    expect(await ask(way, '/hello?a=b')).toBe('first GET /hello?a=b');
    expect(await ask(way, '/say', { method: 'POST', body: 'words' })).toBe('first POST /say words');
    const missing = await way.fetch(`${way.address}/missing`);
    expect([missing.status, await missing.text()]).toEqual([404, '{"message":"not here"}']);
    expect(log.lines).toEqual(['info The cluster allows no port-forward: its service proxy is used.']);
    await expect(ask(way, '/x', { method: 'DELETE' })).rejects.toMatchObject({
      kind: 'forbidden',
      outside: /cannot delete resource "services\/proxy"/,
    });
  });

  it('is not found where only likely namespaces may be looked into', async () => {
    const user = { token: world.place.guest };
    const api = new KubeApi({ kubeconfig: await world.kubeconfig({ user, namespace: 'default' }) });
    opened.push(api);
    await expect(findPipelines(api, 'team-a', never)).rejects.toMatchObject({
      kind: 'notFound',
      message: 'The cluster of the context test has no Kubeflow Pipelines.',
      hint: /looked in team-a, default, kubeflow/,
    });
  });

  it('is found in its namespace, or wherever it is', async () => {
    const api = new KubeApi({ kubeconfig: await world.kubeconfig({ namespace: 'default' }) });
    opened.push(api);
    const { namespace } = world;
    const found = { namespace, service: 'ml-pipeline', port: 8888 };
    expect(await findPipelines(api, namespace, never)).toEqual(found);
    expect((await findPipelines(api, undefined, never)).service).toBe('ml-pipeline');
  });
});
