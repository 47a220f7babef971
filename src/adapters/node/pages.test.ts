import { describe, expect, it } from 'vitest';
import { numberOfToken, pageOf } from './pages.ts';

const names = Array.from({ length: 120 }, (_, index) => `stage-${index}`);
const page = (items: readonly string[], token?: string) =>
  pageOf(items, { size: 50, ...(token === undefined ? {} : { page: token }) }, (name) => name);

describe('pages of a list', () => {
  it('have a next-page token and the total count', () => {
    const first = page(names);
    expect(first).toMatchObject({ total: 120, next: expect.stringMatching(/^50\.[0-9a-f]{8}$/) });
    expect(page(names, first.next).items[0]).toBe('stage-50');
  });

  it('continue after the same item when items were added or removed before it', () => {
    const { next } = page(names);
    expect(page(['stage-a', ...names], next).items[0]).toBe('stage-50');
    expect(page(names.slice(3), next).items[0]).toBe('stage-50');
  });

  it('continue at the same position when the last item itself is gone', () => {
    const { next } = page(names);
    const without = names.filter((name) => name !== 'stage-49');
    expect(page(without, next).items[0]).toBe('stage-50');
  });

  it.each(['', 'nonsense', '-1', '12.xyz'])('refuse the token %j', (token) => {
    expect(() => page(names, token)).toThrow('not one of this list');
    expect(() => numberOfToken(token)).toThrow('not one of this list');
  });
});
