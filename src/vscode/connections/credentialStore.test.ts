import { expect, it } from 'vitest';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { Credential } from '../../core/domain/signIn.ts';
import { connectionOfSecret, credentialStore } from './credentialStore.ts';

function storage() {
  const kept = new Map<string, string>();
  const secrets = {
    get: async (key: string) => kept.get(key),
    store: async (key: string, value: string) => void kept.set(key, value),
    delete: async (key: string) => void kept.delete(key),
  };
  return { kept, credentials: credentialStore(secrets) };
}

const cluster = { connection: 'cluster' as ConnectionId, endpoint: 'https://kubeflow.example.test' };

it.each([
  { kind: 'token', token: 't' },
  { kind: 'cookie', cookie: 'c' },
  { kind: 'password', user: 'u', password: 'p' },
  { kind: 'keys', accessKey: 'a', secretKey: 's' },
] satisfies Credential[])(
  'a credential of the kind $kind is kept until it is deleted',
  async (credential) => {
    const { kept, credentials } = storage();
    await credentials.set(cluster, credential);
    expect(await credentials.get(cluster)).toEqual(credential);
    expect([...kept.keys()].map(connectionOfSecret)).toEqual(['cluster']);
    await credentials.delete(cluster);
    expect(await credentials.get(cluster)).toBeUndefined();
    expect(kept.size).toBe(0);
  },
);

it.each([
  { ...cluster, endpoint: 'https://elsewhere.example.test' },
  { ...cluster, endpoint: 'https://kubeflow.example.test/other' },
  { ...cluster, connection: 'cluster-2' as ConnectionId },
])('%j does not get the credential of another connection or address', async (other) => {
  const { credentials } = storage();
  await credentials.set(cluster, { kind: 'token', token: 't' });
  expect(await credentials.get(other)).toBeUndefined();
});

it.each([
  '',
  'no JSON',
  '[]',
  '{"kind":"password","user":"u"}',
  '{"kind":"keys","accessKey":"a"}',
  '{"kind":"magic"}',
])('what is kept as %j counts as nothing', async (text) => {
  const { kept, credentials } = storage();
  await credentials.set(cluster, { kind: 'token', token: 't' });
  for (const key of kept.keys()) kept.set(key, text);
  expect(await credentials.get(cluster)).toBeUndefined();
});

it('secrets of others are not of a connection', () => {
  expect(connectionOfSecret('another')).toBeUndefined();
});
