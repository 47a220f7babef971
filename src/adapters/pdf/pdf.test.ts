import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { pdfBytes } from '../../../test/fakes/pdfBytes.ts';
import type { RangedFile } from '../../core/ports/previewReaders.ts';
import { pdfText } from './pdf.ts';

const program = fileURLToPath(new URL('child.ts', import.meta.url));
const signal = new AbortController().signal;
const bounds = { pages: 3, characters: 10_000 };
const fileOf = (bytes: Uint8Array, onRead = (_length: number) => undefined as void): RangedFile => ({
  size: bytes.length,
  read: async (offset, length) => {
    onRead(length);
    return bytes.subarray(offset, offset + length);
  },
});
const read = (bytes: Uint8Array) => pdfText(program, fileOf(bytes), bounds, signal);

it('the text of the first pages is read, with title and count', async () => {
  expect(await read(pdfBytes(['Two models were trained.', 'The second is better.', 'c', 'd']))).toEqual({
    pages: 4,
    title: 'A title',
    texts: ['Two models were trained.', 'The second is better.', 'c'],
  });
});

it('of a large PDF, only the parts that the pages need are read', async () => {
  const bytes = pdfBytes([...Array.from({ length: 300 }, (_, page) => `page ${page} ${'x'.repeat(20_000)}`)]);
  let asked = 0;
  const file = fileOf(bytes, (length) => void (asked += length));
  expect((await pdfText(program, file, bounds, signal)).texts[0]).toMatch(/^page 0/);
  expect(bytes.length).toBeGreaterThan(6_000_000);
  expect(asked).toBeLessThan(1_000_000);
});

it.each([
  ['is cut off', pdfBytes(['x']).subarray(0, 200)],
  ['has nothing but its mark', Buffer.from('%PDF-1.7\n')],
  ['is noise behind its mark', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(5000, 0xa7)])],
])('a PDF that %s is broken', async (_, bytes) => {
  await expect(read(bytes)).rejects.toMatchObject({ kind: 'invalid' });
});

it('what reading bytes throws comes through', async () => {
  const file: RangedFile = { size: 100, read: () => Promise.reject(new Error('the store is gone')) };
  await expect(pdfText(program, file, bounds, signal)).rejects.toThrow('the store is gone');
});

it('cancelling ends it', async () => {
  const cancelling = new AbortController();
  const file: RangedFile = {
    size: 100,
    read: () => {
      cancelling.abort();
      return new Promise(() => undefined);
    },
  };
  await expect(pdfText(program, file, bounds, cancelling.signal)).rejects.toMatchObject({
    kind: 'cancelled',
  });
});
