import { describe, expect, it } from 'vitest';
import type { Json } from '../domain/json.ts';
import type { Parameter } from '../domain/pipeline.ts';
import { checkParameters } from './checkParameters.ts';

const parameters: readonly Parameter[] = [
  { name: 'max_depth', type: 'integer', required: false, default: 2 },
  { name: 'rate', type: 'number', required: false, default: 0.1 },
  { name: 'shuffle', type: 'boolean', required: false, default: true },
  { name: 'name', type: 'string', required: true },
  { name: 'columns', type: 'list', required: false, default: [] },
  { name: 'options', type: 'struct', required: false, default: {} },
  { name: 'criterion', type: 'string', required: false, default: 'gini', choices: ['gini', 'entropy'] },
];

const check = (given: { readonly [name: string]: Json }) => checkParameters(parameters, { name: 'x', ...given });

describe('checkParameters', () => {
  it('reads text as what the parameter is', () => {
    const given = { max_depth: '3', rate: '1e-3', shuffle: 'False', columns: '[1, 2]', options: '{"a": null}', name: 7 };
    expect(check(given)).toEqual({
      ok: true,
      values: { max_depth: 3, rate: 0.001, shuffle: false, columns: [1, 2], options: { a: null }, name: '7' },
    });
  });

  it('leaves out what was not given and has a default', () => {
    expect(check({})).toEqual({ ok: true, values: { name: 'x' } });
    expect(check({ max_depth: null })).toEqual({ ok: true, values: { name: 'x' } });
  });

  it.each<[Json, string]>([
    ['three', 'max_depth must be a whole number, got "three".'],
    [3.5, 'max_depth must be a whole number, got 3.5.'],
    [9007199254740993, 'max_depth must be a whole number, got 9007199254740992.'],
    ['', 'max_depth must be a whole number, got "".'],
    [true, 'max_depth must be a whole number, got true.'],
    [[3], 'max_depth must be a whole number, got [3].'],
  ])('refuses %j for a whole number', (value, problem) => {
    expect(check({ max_depth: value })).toEqual({ ok: false, problems: [problem] });
  });

  it('accepts a whole number written as a float', () => {
    expect(check({ max_depth: 3 })).toEqual(check({ max_depth: '3.0' }));
  });

  it('names the nearest parameter for one that is not there, and everything else that is wrong', () => {
    expect(checkParameters(parameters, { max_dept: 3, shuffle: 'maybe', columns: '{', options: '[]' })).toEqual({
      ok: false,
      problems: [
        'There is no parameter max_dept: did you mean max_depth?',
        'shuffle must be true or false, got "maybe".',
        'name is missing: it has no default (text).',
        'columns must be a list, got "{".',
        'options must be an object, got "[]".',
      ],
    });
  });

  it('says which parameters there are when none is near', () => {
    expect(checkParameters(parameters.slice(0, 2), { zzzzzzzz: 1 })).toEqual({
      ok: false,
      problems: ['There is no parameter zzzzzzzz: it takes max_depth, rate.'],
    });
  });

  it('holds choices', () => {
    expect(check({ criterion: 'entropy' })).toMatchObject({ ok: true });
    expect(check({ criterion: 'log' })).toEqual({
      ok: false,
      problems: ['criterion must be one of "gini", "entropy", got "log".'],
    });
  });
});
