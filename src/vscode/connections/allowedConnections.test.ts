import { expect, it } from 'vitest';
import type { Contact } from '../../core/connections/allowQuestion.ts';
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
