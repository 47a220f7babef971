import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Credentials } from './credentials.ts';

const never = new AbortController().signal;
const issuer = 'https://issuer.example.test';
let folder: string;
let kubeconfig: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-oidc-'));
  kubeconfig = path.join(folder, 'config');
});
afterEach(() => rm(folder, { recursive: true }));

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Writes a kubeconfig of a user of OpenID Connect, whose token ends in so many seconds. Returns the token. */
async function signedInFor(seconds: number): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) + seconds;
  const token = `${part({ alg: 'RS256' })}.${part({ iss: issuer, sub: 'me', exp })}.${part({})}`;
  const config = {
    'idp-issuer-url': issuer,
    'client-id': 'kubectl',
    'refresh-token': 'next',
    'id-token': token,
  };
  const content = {
    clusters: [{ name: 'c', cluster: { server: 'https://cluster.example.test' } }],
    users: [{ name: 'u', user: { 'auth-provider': { name: 'oidc', config } } }],
    contexts: [{ name: 'team', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'team',
  };
  await writeFile(kubeconfig, JSON.stringify(content));
  return token;
}

it('sends the token of OpenID Connect, and says who renews one that has expired', async () => {
  const credentials = new Credentials({ kubeconfig });
  await signedInFor(-60);
  await expect(credentials.access(never)).rejects.toMatchObject({
    kind: 'auth',
    message: 'The OpenID Connect token of the context team has expired, and it is not renewed from here.',
    hint: /^kubectl renews it/,
  });
  const token = await signedInFor(600);
  const { options } = await credentials.access(never);
  expect(options.headers?.['Authorization']).toBe(`Bearer ${token}`);
});
