import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubeReach } from '../../core/connections/kubeReach.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { readContext } from './kubeconfig.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-kubeconfig-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A kubeconfig with one context, `team`. */
async function kubeconfig(user: object, cluster: object = {}): Promise<string> {
  const file = path.join(folder, 'kubeconfig');
  const content = {
    clusters: [{ name: 'c', cluster: { server: 'https://kube.example.test', ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'team', context: { cluster: 'c', user: 'u', namespace: 'team-a' } }],
  };
  await writeFile(file, JSON.stringify(content));
  return file;
}

const reach = async (user: object, cluster?: object): Promise<KubeReach> =>
  readContext({ context: 'team', kubeconfig: await kubeconfig(user, cluster) });

describe('where a kube context leads', () => {
  it('names the server, and the command with its arguments and variables', async () => {
    const env = [{ name: 'AWS_PROFILE', value: 'prod' }];
    expect(await reach({ exec: { command: 'aws', args: ['eks', 'get-token'], env } })).toMatchObject({
      server: 'https://kube.example.test',
      command: ['aws', 'eks', 'get-token'],
      variables: [{ name: 'AWS_PROFILE', value: 'prod' }],
      files: [],
      others: [],
      checksCertificate: true,
    });
  });

  it.each([
    [
      'an older provider',
      { 'auth-provider': { name: 'gcp', config: { 'cmd-path': 'sh', 'cmd-args': '-c x' } } },
    ],
    [
      'a provider of commands',
      { 'auth-provider': { name: 'x', config: { exec: { command: 'sh', args: ['-c x'] } } } },
    ],
  ])('names the command of %s', async (_, user) => {
    expect((await reach(user)).command).toEqual(['sh', '-c x']);
  });

  it('names what else is contacted, and a certificate that is not checked', async () => {
    const config = { 'idp-issuer-url': 'https://issuer.example.test' };
    const cluster = { 'proxy-url': 'http://proxy.example.test', 'insecure-skip-tls-verify': true };
    expect(await reach({ 'auth-provider': { name: 'oidc', config } }, cluster)).toMatchObject({
      others: ['http://proxy.example.test', 'https://issuer.example.test'],
      checksCertificate: false,
    });
  });

  it.each(['tokenFile', 'token-file'])('names the file of %s, which is read when it is used', async (key) => {
    const kube = await kubeconfig({ [key]: 'token' });
    await writeFile(path.join(folder, 'token'), 'first');
    const { files, config } = await readContext({ context: 'team', kubeconfig: kube });
    expect(files).toEqual([path.join(folder, 'token')]);
    await writeFile(path.join(folder, 'token'), 'second');
    const options = { headers: {} };
    await config.applyToHTTPSOptions(options);
    expect(options.headers).toEqual({ Authorization: 'Bearer second' });
  });

  it('names the files of a certificate', async () => {
    const { files } = await reach({ 'client-certificate': 'me.pem', 'client-key': '/keys/me.key' });
    expect(files).toEqual([path.join(folder, 'me.pem'), '/keys/me.key']);
  });
});

it('credentials that cannot be read do not look like none', async () => {
  const user = { exec: { command: 'sh', args: [{ '-c': 'x' }] } };
  await expect(reach(user)).rejects.toThrow('The user u of the kubeconfig cannot be read');
});

it('a context that must not be used is not', async () => {
  const check = ({ server }: KubeReach) => {
    throw new MlopsError('forbidden', `Not to ${server}.`);
  };
  const choice = { context: 'team', kubeconfig: await kubeconfig({}), check };
  await expect(readContext(choice)).rejects.toThrow('Not to https://kube.example.test.');
});
