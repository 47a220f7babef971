import { describe, expect, it } from 'vitest';
import type { Contact } from '../../core/connections/contact.ts';
import type { KubeReach } from '../../core/connections/kubeReach.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import { allowedConnections } from './allowedConnections.ts';

const shared = 'shared' as ConnectionId;
const contact: Contact = { name: 'Shared', endpoint: 'https://kf.example.test', signIn: 'none' };

function memento() {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: (key: string) => kept.get(key) as never,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
}

it('nothing is allowed at first, and a yes outlives the window', () => {
  const state = memento();
  expect(allowedConnections(state).has(shared, contact)).toBe(false);
  allowedConnections(state).allow(shared, contact);
  expect(allowedConnections(state).has(shared, contact)).toBe(true);
  expect(allowedConnections(memento()).has(shared, contact)).toBe(false);
});

it.each([
  { endpoint: 'https://elsewhere.example.test' },
  { signIn: 'cookie' as const },
  { signIn: 'tokenFile' as const, tokenFile: '/home/me/.ssh/id_rsa' },
  { page: 'https://elsewhere.example.test' },
])('a yes does not cover %j', (change) => {
  const allowed = allowedConnections(memento());
  allowed.allow(shared, contact);
  expect(allowed.has(shared, { ...contact, ...change })).toBe(false);
  expect(allowed.has('another' as ConnectionId, contact)).toBe(false);
});

it('another name alone needs no other yes', () => {
  const allowed = allowedConnections(memento());
  allowed.allow(shared, contact);
  expect(allowed.has(shared, { ...contact, name: 'Team' })).toBe(true);
});

describe('a kube context', () => {
  const byContext: Contact = { ...contact, kube: { context: 'team', kubeconfig: '/w/kubeconfig' } };
  const reach: KubeReach = {
    server: 'https://kube.example.test',
    command: ['aws', 'eks', 'get-token'],
    variables: [],
    files: [],
    others: [],
    checksCertificate: true,
  };

  it.each([{ context: 'prod', kubeconfig: '/w/kubeconfig' }, { context: 'team' }, undefined])(
    'a yes does not cover %j',
    (kube) => {
      const allowed = allowedConnections(memento());
      allowed.allow(shared, byContext, reach);
      expect(allowed.has(shared, byContext)).toBe(true);
      const { kube: _before, ...rest } = byContext;
      expect(allowed.has(shared, kube === undefined ? rest : { ...rest, kube })).toBe(false);
    },
  );

  it.each([
    { server: 'https://evil.example.test' },
    { command: ['aws', 'eks', 'get-token', '--profile', 'prod'] },
    { command: undefined },
    { variables: [{ name: 'NODE_OPTIONS', value: '--require ./x.js' }] },
    { files: ['/home/me/.ssh/id_rsa'] },
    { others: ['http://proxy.example.test'] },
    { checksCertificate: false },
  ])('a yes does not cover a kubeconfig with %j', (change) => {
    const allowed = allowedConnections(memento());
    allowed.allow(shared, byContext, reach);
    expect(allowed.leadsTo(shared, reach)).toBe(true);
    expect(allowed.leadsTo(shared, { ...reach, ...change })).toBe(false);
  });

  it('a yes that is withdrawn is asked for again', () => {
    const allowed = allowedConnections(memento());
    allowed.allow(shared, byContext, reach);
    allowed.withdraw(shared);
    expect(allowed.has(shared, byContext)).toBe(false);
    expect(allowed.leadsTo(shared, reach)).toBe(false);
  });
});
