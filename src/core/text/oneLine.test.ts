import { expect, test } from 'vitest';
import { oneLine } from './oneLine.ts';

test('an error in one line is cut', () => {
  expect(oneLine({ type: 'E', message: 'x'.repeat(500) })).toHaveLength(160);
  expect(oneLine({ type: '', message: 'just this' })).toBe('just this');
});
