import { fileURLToPath } from 'node:url';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { RangedFile } from '../../core/ports/previewReaders.ts';
import { parquetHead } from './parquet.ts';

const program = fileURLToPath(new URL('child.ts', import.meta.url));
const signal = new AbortController().signal;
const bounds = { rows: 5, columns: 4, characters: 12 };
const fileOf = (bytes: Uint8Array, onRead = (_length: number) => undefined as void): RangedFile => ({
  size: bytes.length,
  read: async (offset, length) => {
    onRead(length);
    return bytes.subarray(offset, offset + length);
  },
});
const read = (bytes: Uint8Array) => parquetHead(program, fileOf(bytes), bounds, signal);
const written = (...columnData: Parameters<typeof parquetWriteBuffer>[0]['columnData'][number][]) =>
  Buffer.from(parquetWriteBuffer({ columnData }));
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('a Parquet file', () => {
  it('is told with its schema, its counts and its first rows', async () => {
    const head = await read(
      written(
        { name: 'id', data: [1, 2], type: 'INT32' },
        { name: 'name', data: ['Ann', 'a very long name'], type: 'STRING' },
        { name: 'at', data: [new Date(0), new Date(1_500)], type: 'TIMESTAMP' },
        { name: 'big', data: [1n, 2n ** 60n], type: 'INT64' },
        { name: 'beyond', data: [true, false], type: 'BOOLEAN' },
      ),
    );
    expect(head).toMatchObject({
      columns: [
        { name: 'id', type: 'int32' },
        { name: 'name', type: 'text' },
        { name: 'at', type: 'time' },
        { name: 'big', type: 'int64' },
      ],
      columnsInAll: 5,
      rowsInAll: 2,
      rowGroups: 1,
      compressions: ['SNAPPY'],
      rows: [
        ['1', 'Ann', '1970-01-01', '1'],
        ['2', 'a very long…', '1970-01-01T00:00:01.500Z', '11529215046…'],
      ],
    });
  });

  it('with lists, structs and missing values', async () => {
    const { rows } = await read(
      written(
        { name: 'maybe', data: [1.5, null, 3], type: 'DOUBLE', nullable: true },
        { name: 'json', data: [{ a: 1 }, { a: 2 }, { a: [3] }], type: 'JSON' },
      ),
    );
    expect(rows).toEqual([
      ['1.5', '{"a":1}'],
      [null, '{"a":2}'],
      ['3', '{"a":[3]}'],
    ]);
  });

  it('of a million rows is read by the first pages of its columns', async () => {
    const noise = numbers(300_000).map((index) => Math.sin(index) * 1e9);
    const bytes = Buffer.from(
      parquetWriteBuffer({
        columnData: [
          { name: 'x', data: noise, type: 'DOUBLE' },
          { name: 'y', data: noise.map((value) => value + 1), type: 'DOUBLE' },
        ],
        rowGroupSize: 300_000,
        pageSize: 65_536,
      }),
    );
    let asked = 0;
    const head = await parquetHead(
      program,
      fileOf(bytes, (length) => void (asked += length)),
      bounds,
      signal,
    );
    expect(bytes.length).toBeGreaterThan(4_000_000);
    expect(head.rows).toHaveLength(5);
    expect(asked).toBeLessThan(400_000);
  });
});

describe('a Parquet file that lies is refused', () => {
  const good = written({ name: 'a', data: numbers(100), type: 'INT32' });
  const changed = (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(good);
    change(bytes);
    return bytes;
  };

  it.each([
    ['cut off', good.subarray(0, good.length - 20), 'It does not end as a Parquet file does'],
    [
      'with a footer longer than itself',
      changed((bytes) => bytes.writeUInt32LE(0x7fffffff, bytes.length - 8)),
      'Its footer claims 2147483647 bytes',
    ],
    [
      'with a footer of noise',
      changed((bytes) => bytes.fill(0xff, bytes.length - 60, bytes.length - 8)),
      'contradict each other',
    ],
  ])('%s', async (_, bytes, words) => {
    await expect(read(bytes)).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining(words),
    });
  });

  it('in the header of a page: it has no rows, and says why', async () => {
    // Behind the mark PAR1: the page's kind, then its unpacked size as a varint in a field of 32 bits.
    expect(good.subarray(4, 7).toString('hex')).toMatch(/^15[0-9a-f]{2}15$/);
    const lying = changed((bytes) => bytes.set([0xfe, 0xff, 0xff, 0xff, 0x0f], 7));
    const { rows, withoutRows } = await read(lying);
    expect(rows).toEqual([]);
    expect(withoutRows).toContain('The values of "a" cannot be read.');
  });

  it('in any byte: there is an answer within the bounds', async () => {
    let seed = 7;
    for (let round = 0; round < 6; round += 1) {
      const bytes = changed((all) => {
        for (let change = 0; change < 3; change += 1) {
          seed = (seed * 48_271) % 2_147_483_647;
          all[4 + (seed % (all.length - 12))] = (seed >> 8) & 0xff;
        }
      });
      const outcome = await read(bytes).catch((error: unknown) => error);
      expect(outcome).toSatisfy(
        (one: { readonly kind?: string; readonly rows?: unknown }) =>
          one.kind === 'invalid' || Array.isArray(one.rows),
      );
    }
  });
});
