import { expect, test } from 'vitest';
import { errorLine } from './errorLine.ts';

test('an error in one line is cut', () => {
  expect(errorLine({ type: 'E', message: 'x'.repeat(500) })).toHaveLength(160);
  expect(errorLine({ type: '', message: 'just this' })).toBe('just this');
});
