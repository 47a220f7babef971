import { expect, test } from 'vitest';
import { holdsMark, holdsSecret } from './secretNames.ts';

test.each(['password', 'db_password', 'dbPassword', 'API-KEY', 'apikey', 'TOKEN', 'client_secret', 'key2'])(
  '%s is a secret',
  (name) => expect(holdsSecret(name, 'x')).toBe(true),
);

test.each(['keyword', 'monkey', 'passes', 'compass', 'column', 'author', 'tokenizer'])('%s is none', (name) =>
  expect(holdsSecret(name, 'x')).toBe(false),
);

test.each(['sort_key', 's3Key', 'objectKey', 'key_columns', 'partition-keys', 'n_keys'])(
  '%s is a key that opens nothing',
  (name) => expect(holdsSecret(name, 'x')).toBe(false),
);

test.each(['openai_key', 'sort_key_password', 'secretKey', 'token2'])('%s is one all the same', (name) =>
  expect(holdsSecret(name, 'x')).toBe(true),
);

test('a number of tokens is no secret, a list of tokens is', () => {
  expect(holdsSecret('max_tokens', 512)).toBe(false);
  expect(holdsSecret('tokens', ['a'])).toBe(true);
});

test('a secret inside of an object makes the whole of it one', () => {
  expect(holdsSecret('database', { host: 'x', login: [{ password: 'y' }] })).toBe(true);
  expect(holdsSecret('database', { host: 'x', login: [{ user: 'y' }] })).toBe(false);
});

test('so does a secret in an object that is still text, also where the text is broken', () => {
  expect(holdsSecret('database', '{"host": "x", "password": "y"}')).toBe(true);
  expect(holdsSecret('database', "{'apiKey': 'y'")).toBe(true);
  expect(holdsSecret('title', 'password: what it is')).toBe(false);
  expect(holdsSecret('columns', '["password"]')).toBe(false);
});

test('yes and no are no secrets', () => {
  expect(holdsSecret('use_token', true)).toBe(false);
  expect(holdsSecret('pin_password', 1234)).toBe(true);
});

test('the mark is known wherever it stands for a value', () => {
  expect(holdsMark('••••')).toBe(true);
  expect(holdsMark({ host: 'x', login: [' •••• '] })).toBe(true);
  expect(holdsMark('•••• is no value')).toBe(false);
  expect(holdsMark(['•'])).toBe(false);
});
