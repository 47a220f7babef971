import { expect, test } from 'vitest';
import { coalesced } from './coalesce.ts';

test('calls during a round lead to one more round', async () => {
  let rounds = 0;
  const gate = Promise.withResolvers<void>();
  const work = coalesced(async () => {
    rounds += 1;
    if (rounds === 1) await gate.promise;
  });
  const all = [work(), work(), work()];
  gate.resolve();
  await Promise.all(all);
  expect(rounds).toBe(2);
  await work();
  expect(rounds).toBe(3);
});

test('a failed round does not block the next', async () => {
  let rounds = 0;
  const work = coalesced(async () => {
    rounds += 1;
    if (rounds === 1) throw new Error('once');
  });
  await expect(work()).rejects.toThrow('once');
  await work();
  expect(rounds).toBe(2);
});
