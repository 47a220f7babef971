import { expect, test } from 'vitest';
import { holdsSecret } from './secretNames.ts';

test.each(['password', 'db_password', 'dbPassword', 'API-KEY', 'apikey', 'TOKEN', 'client_secret', 'key2'])(
  '%s is a secret',
  (name) => expect(holdsSecret(name, 'x')).toBe(true),
);

test.each(['keyword', 'monkey', 'passes', 'compass', 'column', 'author', 'tokenizer'])('%s is none', (name) =>
  expect(holdsSecret(name, 'x')).toBe(false),
);

test('a number of tokens is no secret, a list of tokens is', () => {
  expect(holdsSecret('max_tokens', 512)).toBe(false);
  expect(holdsSecret('tokens', ['a'])).toBe(true);
});

test('a secret inside of an object makes the whole of it one', () => {
  expect(holdsSecret('database', { host: 'x', login: [{ password: 'y' }] })).toBe(true);
  expect(holdsSecret('database', { host: 'x', login: [{ user: 'y' }] })).toBe(false);
});
