import { expect, it } from 'vitest';
import { ContentHash } from './contentHash.ts';

function hashOf(...parts: readonly string[]): string {
  const hash = new ContentHash();
  for (const part of parts) hash.add(Buffer.from(part));
  return hash.digits;
}

it('does not depend on how the bytes come in parts', () => {
  expect(hashOf('a,b\n1,2\n')).toBe(hashOf('a,', 'b\n1', '', ',2\n'));
});

it('differs for each of many contents that are nearly the same', () => {
  const hashes = new Set(Array.from({ length: 50_000 }, (_, row) => hashOf(`id,value\n${row},0.5\n`)));
  expect(hashes.size).toBe(50_000);
  expect(hashOf('ab')).not.toBe(hashOf('ba'));
  expect(hashOf('\0')).not.toBe(hashOf('\0\0'));
});
