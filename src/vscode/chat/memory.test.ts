import { expect, test } from 'vitest';
import { offered } from './memory.ts';

test('a sentence to ask next is shown as it is, and said as it is', () => {
  const followUps = [{ prompt: 'describe iris' }, { prompt: 'describe "[a](https://b.example)"' }];
  expect(offered({ focus: {}, followUps, at: 0 })).toEqual([
    { prompt: 'describe iris' },
    {
      prompt: 'describe "[a](https://b.example)"',
      label: String.raw`describe "\[a\](https\://b.example)"`,
    },
  ]);
  expect(offered(undefined)).toEqual([]);
});
