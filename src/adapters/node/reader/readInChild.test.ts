import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readInChild } from './readInChild.ts';

const signal = new AbortController().signal;
const file = {
  size: 10,
  read: async (_offset: number, length: number) => new Uint8Array(length),
};
const program = (name: string, deadlineMs = 30_000, memory = 64) => ({
  program: fileURLToPath(new URL(`../../../../test/fakes/readers/${name}.ts`, import.meta.url)),
  deadlineMs,
  memory,
});

it('a reader that never ends is ended, and the file is said to be broken', async () => {
  await expect(readInChild(program('endless', 500), file, undefined, signal)).rejects.toMatchObject({
    kind: 'invalid',
    message: 'Reading it took longer than 0.5 s.',
  });
});

it('a reader that fills the memory fills no more than its own', async () => {
  await expect(readInChild(program('greedy'), file, undefined, signal)).rejects.toMatchObject({
    kind: 'invalid',
    message: 'Reading it took more memory than it may.',
  });
}, 40_000);

it('a reader gets bytes of the file alone, and no variables but what it is started with', async () => {
  const found = await readInChild(program('asking'), file, { rows: 3 }, signal);
  expect(found).toMatchObject({ question: { rows: 3 }, lengths: [3, 8, 0] });
  expect((found as { readonly variables: number }).variables).toBeLessThan(10);
});
