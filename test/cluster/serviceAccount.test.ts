import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KubeApi } from '../../src/adapters/kubernetes/kubeApi.ts';
import { ServiceAccountToken } from '../../src/adapters/kubernetes/serviceAccountToken.ts';
import { systemClock } from '../fakes/systemClock.ts';
import { noCluster, World } from './support/world.ts';

const never = new AbortController().signal;

describe.skipIf(noCluster)('a token of a service account', () => {
  let world: World;
  const opened: KubeApi[] = [];
  beforeAll(async () => {
    world = await World.open();
    await world.create('serviceaccounts', { metadata: { name: 'default-editor' } });
  });
  afterAll(async () => {
    for (const api of opened) api.close();
    await world.close();
  });

  const signIn = (kubeconfig: string, now: () => number = () => systemClock.now()) => {
    const api = new KubeApi({ kubeconfig });
    opened.push(api);
    const namespace = async () => world.namespace;
    return new ServiceAccountToken({ api, namespace, account: 'default-editor', now });
  };
  const claimsIn = ({ authorization = '' }: Readonly<Record<string, string>>) =>
    JSON.parse(
      Buffer.from(authorization.replace('Bearer ', '').split('.')[1] ?? '', 'base64url').toString(),
    ) as { readonly aud: readonly string[]; readonly sub: string; readonly exp: number };

  it('is for the Pipelines API, and kept until it is about to expire', async () => {
    let now = systemClock.now();
    const token = signIn(await world.kubeconfig(), () => now);
    const first = await token.headers(never);
    expect(claimsIn(first)).toMatchObject({
      aud: ['pipelines.kubeflow.org'],
      sub: `system:serviceaccount:${world.namespace}:default-editor`,
    });
    now += 30 * 60_000;
    expect(await token.headers(never)).toEqual(first);
    now += 25 * 60_000;
    expect(await token.headers(never)).not.toEqual(first);
  });

  it('is asked for anew when it is refused', async () => {
    const token = signIn(await world.kubeconfig());
    const used = await token.headers(never);
    expect(await token.renew(used, never)).toBe(true);
    expect(await token.headers(never)).not.toEqual(used);
  });

  it('says that the person may not get one', async () => {
    await expect(signIn(await world.guestKubeconfig()).headers(never)).rejects.toMatchObject({
      kind: 'forbidden',
      message: `You may not get tokens of the service account default-editor in ${world.namespace}.`,
    });
  });
});
