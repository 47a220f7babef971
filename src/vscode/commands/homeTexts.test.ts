import { expect, test } from 'vitest';
import { partRow } from './homeTexts.ts';

test('a part of the home says what it takes, and what of it could not be read', () => {
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
