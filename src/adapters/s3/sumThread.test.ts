import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SumThread } from './sumThread.ts';

const mebibyte = 1024 * 1024;
const md5 = (...pieces: readonly Uint8Array[]) =>
  createHash('md5').update(Buffer.concat(pieces)).digest('hex');

describe('sums in a thread', () => {
  it.each([0, 10, 3 * mebibyte])('are those of %i bytes', async (size) => {
    const sum = new SumThread().sum(size);
    const bytes = Buffer.alloc(size, 'abc');
    await sum.add(bytes);
    expect((await sum.digest()).toString('hex')).toBe(md5(bytes));
    expect((await sum.digest()).toString('hex')).toBe(md5());
  });

  it('keep several apart, and bytes that are overwritten', async () => {
    const thread = new SumThread();
    const [one, other] = [thread.sum(9 * mebibyte), thread.sum(9 * mebibyte)];
    const buffer = Buffer.alloc(3 * mebibyte);
    for (const fill of [1, 2, 3]) {
      await one.add(buffer.fill(fill));
      await other.add(buffer.fill(fill + 10));
    }
    const filled = (...fills: readonly number[]) =>
      md5(...fills.map((fill) => Buffer.alloc(buffer.length, fill)));
    const [first, second] = await Promise.all([one.digest(), other.digest()]);
    expect(first.toString('hex')).toBe(filled(1, 2, 3));
    expect(second.toString('hex')).toBe(filled(11, 12, 13));
  });

  it('hold back whoever is faster, and then go on', async () => {
    const sum = new SumThread().sum(100 * mebibyte);
    const piece = Buffer.alloc(10 * mebibyte, 7);
    await Promise.all(Array.from({ length: 10 }, () => sum.add(piece)));
    const pieces = Array.from({ length: 10 }, () => piece);
    expect((await sum.digest()).toString('hex')).toBe(md5(...pieces));
  });
});
