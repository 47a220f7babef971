import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { SilentLog } from '../../../test/fakes/silentLog.ts';
import { systemClock } from '../../../test/fakes/systemClock.ts';
import { startKfpServer } from '../../../test/servers/kfp/server.ts';
import { startDoor } from '../../../test/servers/kubernetes/doorServer.ts';
import { type CheckUp, checkUp } from '../../core/connections/doctor.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { clusterChecks } from './checks.ts';
import { Cluster } from './cluster.ts';
import type { ContextChoice } from './kubeconfig.ts';

const opened: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

const info = { id: 'c' as ConnectionId, kind: 'kubeflow', name: 'C', readOnly: false, about: '' } as const;

async function world() {
  const pipelines = await startKfpServer();
  const door = await startDoor({ upstream: pipelines.address });
  const folder = await mkdtemp(path.join(tmpdir(), 'mlops-checks-'));
  const kubeconfig = path.join(folder, 'config');
  const content = {
    clusters: [{ name: 'c', cluster: { server: door.address, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user: {} }],
    contexts: [{ name: 'team', context: { cluster: 'c', user: 'u' } }],
  };
  await writeFile(kubeconfig, JSON.stringify(content));
  opened.push(
    () => pipelines.close(),
    () => door.close(),
    () => rm(folder, { recursive: true }),
  );
  return { door, kubeconfig };
}

function check(context: ContextChoice): Promise<CheckUp> {
  const cluster = new Cluster({ context, clock: systemClock, log: new SilentLog() });
  opened.push(() => cluster.close());
  return checkUp({ info, checks: async () => clusterChecks(cluster) }, new AbortController().signal);
}

describe('a check-up by a kube context', () => {
  it('finds Pipelines in the cluster, by the proxy where no tunnel is allowed', async () => {
    const { kubeconfig } = await world();
    const { wrong, steps } = await check({ context: 'team', kubeconfig });
    expect(wrong).toBeUndefined();
    expect(steps.map(({ what }) => what)).toEqual([
      'kubeconfig',
      'cluster',
      'clock',
      'Kubeflow Pipelines',
      'way to it',
      'namespace',
      'sign-in',
      'kinds',
      'rights',
    ]);
  });

  it('contacts nothing where the kubeconfig is not what was allowed', async () => {
    const { door, kubeconfig } = await world();
    const refuse = () => {
      throw new MlopsError('forbidden', 'Not allowed any more.');
    };
    const { wrong } = await check({ context: 'team', kubeconfig, check: refuse });
    expect(wrong?.finding.words).toBe('Not allowed any more.');
    expect(door.calls).toEqual([]);
  });

  it('holds a kubeconfig that changes while it is used against the yes, too', async () => {
    const { door, kubeconfig } = await world();
    let reads = 0;
    const cluster = new Cluster({
      context: {
        context: 'team',
        kubeconfig,
        check: () => {
          reads += 1;
          if (reads > 1) throw new MlopsError('forbidden', 'Not allowed any more.');
        },
      },
      clock: systemClock,
      log: new SilentLog(),
    });
    opened.push(() => cluster.close());
    const never = new AbortController().signal;
    await cluster.api.text('/api', never);
    cluster.api.forgetCredentials();
    await expect(cluster.api.text('/api', never)).rejects.toThrow('Not allowed any more.');
    expect(door.calls).toEqual(['GET /api']);
  });
});
