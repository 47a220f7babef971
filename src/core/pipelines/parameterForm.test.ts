import { describe, expect, test } from 'vitest';
import type { Parameter } from '../domain/pipeline.ts';
import {
  noteOn,
  openForm,
  parameterAfter,
  problemsOf,
  valuesToRun,
  valueText,
  clearedForm,
  withValue,
} from './parameterForm.ts';

const depth: Parameter = { name: 'max_depth', type: 'integer', required: false, default: 2 };
const file: Parameter = { name: 'file', type: 'string', required: true };
const note: Parameter = { name: 'note', type: 'string', required: false };
const parameters = [depth, file, note];
const nothing = { values: {}, when: 'last time' };
const form = openForm(parameters, nothing);

describe('the parameter form', () => {
  test('starts with the defaults and says which parameter needs a value', () => {
    expect(valuesToRun(form)).toEqual({ max_depth: 2 });
    expect(problemsOf(form)).toEqual([
      { name: 'file', message: 'file is missing: it has no default (text).' },
    ]);
    expect(parameters.map((parameter) => noteOn(form, parameter))).toEqual(['default', 'needs a value', '']);
  });

  test('starts with the values of the last run and shows the defaults beside them', () => {
    const again = openForm(parameters, { values: { max_depth: 5, gone: 1 }, when: 'last time' });
    expect(again.values).toEqual({ max_depth: 5 });
    expect(noteOn(again, depth)).toBe('default 2');
    expect(noteOn(withValue(again, 'max_depth', 7), depth)).toBe('default 2, was 5 last time');
    expect(noteOn(clearedForm(again), depth)).toBe('default, was 5 last time');
  });

  test('reports an earlier value that no longer fits, and does not run with it', () => {
    const again = openForm(parameters, { values: { max_depth: 'deep', file: 'a' }, when: 'in iris-3' });
    expect(problemsOf(again)).toEqual([
      { name: 'max_depth', message: 'max_depth must be a whole number, got "deep".' },
    ]);
    expect(valuesToRun(again)).toEqual({ file: 'a' });
  });

  test('converts a value to the type of its parameter', () => {
    expect(withValue(form, 'max_depth', '3').values).toEqual({ max_depth: 3 });
    expect(withValue(form, 'file', '3').values).toEqual({ file: '3' });
  });

  test('stores no value that is the default, undefined, or of an unknown parameter', () => {
    const set = withValue(form, 'max_depth', 3);
    expect(withValue(set, 'max_depth', '2').values).toEqual({});
    expect(withValue(set, 'max_depth', undefined).values).toEqual({});
    expect(withValue(set, 'depth', 4)).toBe(set);
  });

  test('knows which parameter comes next', () => {
    expect(parameterAfter(form, 'max_depth')).toBe(file);
    expect(parameterAfter(form, 'note')).toBeUndefined();
  });
});

test('a value is shown on one line, and a secret as dots', () => {
  expect(valueText('a', undefined)).toBe('not set');
  expect(valueText('a', '')).toBe('""');
  expect(valueText('a', 'two\nlines')).toBe('two⏎lines');
  expect(valueText('a', ['x', 1])).toBe('["x",1]');
  expect(valueText('a', 'x'.repeat(99), 10)).toBe('xxxxxx⟨+89 characters⟩xxxx');
  expect(valueText('api_key', 'sk-1')).toBe('••••');
});
