import { describe, expect, it } from 'vitest';
import type { Json } from '../domain/json.ts';
import type { Parameter } from '../domain/pipeline.ts';
import { checkParameters } from './checkParameters.ts';

const password: Parameter = { name: 'password', type: 'string', required: true };
const pin: Parameter = { name: 'pin_token', type: 'integer', required: true };
const database: Parameter = { name: 'database', type: 'struct', required: true };
const note: Parameter = { name: 'note', type: 'string', required: true };
const problemsOf = (parameter: Parameter, value: Json) => {
  const checked = checkParameters([parameter], { [parameter.name]: value });
  return checked.ok ? [] : checked.problems;
};

describe('a value that does not fit', () => {
  it('is shown in the message, shortened when it is long', () => {
    expect(problemsOf({ ...pin, name: 'depth' }, 'deep')).toEqual([
      'depth must be a whole number, got "deep".',
    ]);
    expect(problemsOf({ ...pin, name: 'depth' }, 'x'.repeat(99))[0]).toHaveLength(96);
  });

  it('is hidden when it is secret, and so are the allowed values', () => {
    expect(problemsOf(pin, 'hunter2')).toEqual(['pin_token must be a whole number, got ••••.']);
    expect(problemsOf(database, '{"host": "db", "password": "hunter2"')).toEqual([
      'database must be an object such as {"a": 1}, got ••••.',
    ]);
    expect(problemsOf({ ...password, choices: ['swordfish', 'xyzzy'] }, 'hunter2')).toEqual([
      'password must be one of ••••, ••••, got ••••.',
    ]);
  });
});

describe('the mark that stands for a secret', () => {
  const refusal = (name: string) =>
    `${name} cannot be ••••: that only stands for a secret that is not shown. Ask whoever knows the value for it, or use Run again on a run that has it.`;

  it('is refused as a value of any type', () => {
    expect(problemsOf(password, '••••')).toEqual([refusal('password')]);
    expect(problemsOf(password, ' •••• ')).toEqual([refusal('password')]);
    expect(problemsOf(pin, '••••')).toEqual([refusal('pin_token')]);
    expect(problemsOf(note, '••••')).toEqual([refusal('note')]);
  });

  it('is refused within a value, too, also in JSON text', () => {
    expect(problemsOf(database, { host: 'db', login: [{ password: '••••' }] })).toEqual([
      refusal('database'),
    ]);
    expect(problemsOf(database, '{"password": "••••"}')).toEqual([refusal('database')]);
  });

  it('is allowed in a longer text', () => {
    expect(problemsOf(note, '•••• four of five')).toEqual([]);
  });
});
