import { expect, test } from 'vitest';
import { errorLine } from './errorLine.ts';

test('shortens a long error to one line', () => {
  expect(errorLine({ type: 'E', message: 'x'.repeat(500) })).toHaveLength(160);
  expect(errorLine({ type: '', message: 'just this' })).toBe('just this');
});
