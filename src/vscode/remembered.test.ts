import { expect, it } from 'vitest';
import { FakeClock } from '../../test/fakes/fakeClock.ts';
import { remembered } from './remembered.ts';

it('what was looked up is remembered for a while, for each key', async () => {
  const clock = new FakeClock();
  const looked: string[] = [];
  const lookUp = remembered<number>(clock, 1000);
  const find = (key: string) => lookUp(key, async () => looked.push(key));
  expect([await find('a'), await find('b'), await find('a')]).toEqual([1, 2, 1]);
  await clock.advance(1000);
  expect(await find('a')).toBe(3);
});

it('the oldest is forgotten when there are many', async () => {
  const looked: string[] = [];
  const lookUp = remembered<number>(new FakeClock(), 1000);
  for (let n = 0; n <= 50; n += 1) await lookUp(String(n), async () => looked.push(String(n)));
  await lookUp('50', async () => looked.push('50'));
  await lookUp('0', async () => looked.push('0'));
  expect(looked.slice(50)).toEqual(['50', '0']);
});
