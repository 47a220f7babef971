import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KubeApi } from '../../src/adapters/kubernetes/kubeApi.ts';
import { readContexts } from '../../src/adapters/kubernetes/kubeconfig.ts';
import { podsOfRun } from '../../src/adapters/kubernetes/runPods.ts';
import { type MlopsError, toMlopsError } from '../../src/core/ports/mlopsError.ts';
import { freePorts } from '../servers/kubernetes/ports.ts';
import { kubeconfig } from '../servers/kubernetes/kubeconfig.ts';
import { noCluster, World } from './support/world.ts';

const never = new AbortController().signal;

describe.skipIf(noCluster)('the way to a cluster', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  const look = (api: KubeApi) => podsOfRun(api, { namespace: world.namespace, run: 'r' }, never);
  const refusal = async (api: KubeApi): Promise<MlopsError> => {
    try {
      await look(api);
    } catch (error) {
      return toMlopsError(error);
    } finally {
      api.close();
    }
    throw new Error('It was allowed.');
  };
  /** A plugin that writes down that it was asked, and gives what `token` has. */
  const plugin = async (): Promise<{
    readonly file: string;
    readonly token: string;
    readonly asked: string;
  }> => {
    const [file, token, asked] = ['plugin.sh', 'token', 'asked'].map((name) => path.join(world.folder, name));
    const kind = '"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential"';
    const script = `#!/bin/sh\necho asked >> "${asked}"\nprintf '{${kind},"status":{"token":"%s"}}' "$(cat "${token}")"\n`;
    await writeFile(file ?? '', script);
    await chmod(file ?? '', 0o755);
    return { file: file ?? '', token: token ?? '', asked: asked ?? '' };
  };

  it('is named by its contexts', async () => {
    const file = await world.kubeconfig({ context: 'of work' });
    const { server } = world.place;
    expect(await readContexts({ kubeconfig: file })).toMatchObject([
      { name: 'of work', server, namespace: world.namespace, command: undefined },
    ]);
  });

  it('says which contexts there are where one is missing', async () => {
    const error = await refusal(new KubeApi({ context: 'prod', kubeconfig: await world.kubeconfig() }));
    expect(error).toMatchObject({
      kind: 'notFound',
      message: 'The kubeconfig has no context prod.',
      hint: 'Name one of its contexts: test.',
    });
  });

  it('says where a kubeconfig was looked for', async () => {
    const file = path.join(world.folder, 'none');
    const error = await refusal(new KubeApi({ kubeconfig: file }));
    expect(error).toMatchObject({ kind: 'notFound', message: `There is no kubeconfig at ${file}.` });
  });

  it('says what is not allowed', async () => {
    const error = await refusal(new KubeApi({ kubeconfig: await world.guestKubeconfig() }));
    expect(error.kind).toBe('forbidden');
    expect(error.outside).toContain('User "guest" cannot list resource "pods"');
  });

  it('asks for another sign-in when a token has expired, and takes the new one without a restart', async () => {
    const file = await world.kubeconfig({ user: { token: 'expired' } });
    const api = new KubeApi({ kubeconfig: file });
    await expect(look(api)).rejects.toMatchObject({
      kind: 'auth',
      message: /does not accept your credentials/,
    });
    await writeFile(file, kubeconfig(world.place));
    expect((await look(api)).items).toEqual([]);
    api.close();
  });

  it('gets credentials from a command once, and anew when they are refused', async () => {
    const { file, token, asked } = await plugin();
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: file, interactiveMode: 'Never' };
    const api = new KubeApi({ kubeconfig: await world.kubeconfig({ user: { exec } }) });
    const times = async () => (await readFile(asked, 'utf8')).trim().split('\n').length;
    await writeFile(token, world.place.admin);
    await look(api);
    await look(api);
    expect(await times()).toBe(1);
    await writeFile(token, 'expired');
    api.forgetCredentials();
    await expect(look(api)).rejects.toMatchObject({ kind: 'auth', hint: /sign in with it again/ });
    expect(await times()).toBe(3);
    await writeFile(token, world.place.admin);
    expect((await look(api)).items).toEqual([]);
    api.close();
  });

  it('says which command for credentials is missing', async () => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-plugin' };
    const error = await refusal(new KubeApi({ kubeconfig: await world.kubeconfig({ user: { exec } }) }));
    expect(error).toMatchObject({ kind: 'auth', message: /no-such-plugin.* is not on this machine/ });
  });

  it('says that a cluster is gone', async () => {
    const [port = 0] = await freePorts(1);
    const file = path.join(world.folder, 'gone');
    await writeFile(file, kubeconfig({ ...world.place, server: `https://127.0.0.1:${port}` }));
    const error = await refusal(new KubeApi({ kubeconfig: file }));
    expect(error).toMatchObject({
      kind: 'unreachable',
      message: /cannot be reached at https:\/\/127\.0\.0\.1/,
    });
  });

  it('trusts the authority of the kubeconfig alone', async () => {
    const file = path.join(world.folder, 'untrusted');
    const config = JSON.parse(kubeconfig(world.place)) as {
      clusters: [{ cluster: { [key: string]: unknown } }];
    };
    delete config.clusters[0].cluster['certificate-authority'];
    await writeFile(file, JSON.stringify(config));
    const error = await refusal(new KubeApi({ kubeconfig: file }));
    expect(error).toMatchObject({ kind: 'unreachable', message: /certificate of .* is not trusted/ });
  });
});
