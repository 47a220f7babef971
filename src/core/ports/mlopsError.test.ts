import { expect, test } from 'vitest';
import { MlopsError, toMlopsError } from './mlopsError.ts';

test('an error shows no secret, wherever it was thrown', () => {
  const error = new MlopsError('unreachable', 'No answer from https://me:swordfish@pypi.local/simple.', {
    hint: 'Try --token abc again.',
  });
  expect(error.message).toBe('No answer from https://me:••••@pypi.local/simple.');
  expect(error.hint).toBe('Try --token •••• again.');
  expect(toMlopsError(new Error('PASSWORD=swordfish')).message).toBe('PASSWORD=••••');
});
