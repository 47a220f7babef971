import { expect, test } from 'vitest';
import type { RunId } from '../../core/domain/run.ts';
import type { PythonEnvironment } from '../../core/ports/environments.ts';
import { environmentRow, environmentsTitle, partRow } from './environmentTexts.ts';

const anEnvironment = (more: Partial<PythonEnvironment> = {}): PythonEnvironment => ({
  id: '27d4020cb70f',
  packages: ['pandas==2.3.3', 'kfp==2.17.0'],
  python: '3.11.7',
  createdAt: 1_000_000,
  state: 'ready',
  purpose: 'runs',
  usedBy: { runs: ['iris-12', 'iris-9', 'iris-2', 'iris-1'] as RunId[], count: 5 },
  ...more,
});
const measured = { bytes: 412_000_000, complete: true };
const later = 1_000_000 + 2 * 86_400_000;

test('a row names the packages of an environment, its size and who used it', () => {
  expect(environmentRow(anEnvironment(), measured, later)).toEqual({
    label: '$(package) pandas==2.3.3, kfp==2.17.0',
    description: '412 MB',
    detail: 'used by 5 runs, last iris-12 · Python 3.11.7 · built 2 d ago · 27d4020cb70f',
  });
  expect(environmentRow(anEnvironment(), undefined, later).description).toBe('counting…');
  expect(environmentRow(anEnvironment(), { ...measured, complete: false }, later).description).toBe(
    'at least 412 MB',
  );
});

test('a requirement of a pipeline draws no icon', () => {
  const row = environmentRow(anEnvironment({ packages: ['$(flame)'] }), measured, later);
  expect(row.label.split('$(')).toHaveLength(2);
});

test.each([
  [{ purpose: 'compiling' }, /^\$\(file-code\)/, /^compiles Python pipelines/],
  [{ usedBy: { runs: [], count: 0 } }, /^\$\(package\)/, /^no run that is still there used it/],
  [{ state: 'unfinished', packages: [] }, /^\$\(warning\) Unfinished$/, /^being built, or left behind/],
] as const)('a row of an environment that is %o', (more, label, detail) => {
  const row = environmentRow(anEnvironment(more), measured, later);
  expect(row.label).toMatch(label);
  expect(row.detail).toMatch(detail);
});

test('the title sums up the sizes that are known', () => {
  expect(environmentsTitle([measured, { bytes: 88_000_000, complete: true }])).toBe('2 environments, 500 MB');
  expect(environmentsTitle([measured, undefined])).toBe('2 environments, 412 MB or more');
  expect(environmentsTitle([{ ...measured, complete: false }])).toBe('1 environment, 412 MB or more');
});

test('a part of the home shows its size and what could not be read', () => {
  expect(partRow('runs', undefined)).toEqual({
    label: '$(history) Runs: records and logs',
    description: 'counting…',
  });
  expect(partRow('objects', { bytes: 12e6, complete: true }).description).toBe('12 MB');
  const measured = { bytes: 12e6, complete: false, unreadable: ['/home/$(x)'] };
  const { description, detail } = partRow('objects', measured);
  expect(description).toBe('at least 12 MB');
  expect(detail).toMatch(/^Could not be read: \/home\//);
  expect(detail).not.toContain('$(');
});
