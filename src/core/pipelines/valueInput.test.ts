import { describe, expect, test } from 'vitest';
import type { Parameter } from '../domain/pipeline.ts';
import { choicesOf, lineOf, promptFor, readTyped } from './valueInput.ts';

const depth: Parameter = { name: 'max_depth', type: 'integer', required: false, default: 2 };
const rate: Parameter = { name: 'rate', type: 'number', required: true };
const word: Parameter = { name: 'word', type: 'string', required: false, default: 'hi' };
const names: Parameter = { name: 'names', type: 'list', required: true };
const weights: Parameter = { name: 'weights', type: 'struct', required: false };

describe('a typed value', () => {
  test.each([
    [depth, '3', 3],
    [rate, '1e-3', 0.001],
    [word, 'hello you', 'hello you'],
    [names, '["a", 1]', ['a', 1]],
    [weights, '{"a": {"b": 1}}', { a: { b: 1 } }],
  ])('is converted to the type of %o', (parameter, line, value) => {
    expect(readTyped(parameter, line)).toEqual({ ok: true, value });
    expect(readTyped(parameter, lineOf(value))).toEqual({ ok: true, value });
  });

  test('means the default when it is empty, or no value for an optional parameter', () => {
    expect(readTyped(depth, ' ')).toEqual({ ok: true, value: undefined });
    expect(readTyped(weights, '')).toEqual({ ok: true, value: undefined });
    expect(readTyped(rate, '')).toEqual({
      ok: false,
      problem: 'rate is missing: it has no default (a number).',
    });
  });

  test.each(['', ' ', 'two\nlines', '"quoted"', '""', 'say "hi"', '"a" and "b"', '7'])(
    'can be any text, in quotes where necessary: %j',
    (text) => expect(readTyped(word, lineOf(text))).toEqual({ ok: true, value: text }),
  );

  test('is rejected when it does not fit, with an example of one that does', () => {
    expect(readTyped(depth, '2.5')).toEqual({
      ok: false,
      problem: 'max_depth must be a whole number, got "2.5".',
    });
    expect(readTyped(names, '[a')).toEqual({
      ok: false,
      problem: 'names must be a list such as [1, 2], got "[a".',
    });
    expect(readTyped(weights, '[1]')).toEqual({
      ok: false,
      problem: 'weights must be an object such as {"a": 1}, got "[1]".',
    });
  });
});

test('the prompt gives the type, the meaning of an empty line and the description', () => {
  expect(promptFor({ ...depth, description: 'How many questions.' })).toBe(
    'A whole number. Empty: the default, 2. How many questions.',
  );
  expect(promptFor(weights)).toBe('An object as JSON. Empty: it is left out.');
  expect(promptFor(rate)).toBe('A number.');
});

test('booleans and parameters with choices are picked from a list, secrets are not', () => {
  expect(choicesOf({ name: 'shuffle', type: 'boolean', required: true })).toEqual([true, false]);
  expect(choicesOf({ ...word, choices: ['hi', 'ho'] })).toEqual(['hi', 'ho']);
  expect(choicesOf(word)).toBeUndefined();
  expect(choicesOf({ ...word, name: 'api_key', choices: ['hi', 'ho'] })).toBeUndefined();
});
