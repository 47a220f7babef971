import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceOf } from '../contract/objectTransfers.ts';
import { contentOf, faultyStore, type FaultyStore, never, faultyPlaces } from './support/faultyStore.ts';

const bucket = 'keys';
const nested = Array.from({ length: 5 }, () => 'n'.repeat(200)).join('/');

/** Keys that an address, a header, XML or a number may alter. */
const keys = [
  ...[
    '007',
    '0x1F',
    '1.50',
    'a+b',
    '100%',
    'a%41b',
    '%2e%2e',
    'a&b=c;d',
    'a?b',
    'a#b',
    'back\\slash',
    "~!$*()'@,:",
  ],
  ...[
    ' lead',
    'trail ',
    'two  blanks',
    'line\nbreak',
    'return\rhere',
    'tab\there',
    '<tag>&amp;"\'',
    ']]>',
    '...',
    '.hidden',
  ],
  ...[
    'cafe\u0301.txt',
    'caf\u00e9.txt',
    '日本語/データ.csv',
    '🙂',
    '\u202eright',
    'constructor',
    '__proto__',
  ],
  `${nested}/${'e'.repeat(1024 - nested.length - 1)}`,
];

/** What some servers would store as another key. */
const refused: readonly (readonly [string, string])[] = [
  ['two slashes', 'a//b'],
  ['a slash before', '/lead'],
  ['a part ..', 'a/../b'],
  ['a way out', '../out'],
  ['a part .', './b'],
];

for (const [server, place] of faultyPlaces)
  describe.skipIf(place === undefined)(`keys of objects, on ${server}`, () => {
    let faulty: FaultyStore;
    beforeAll(async () => {
      faulty = await faultyStore(bucket, place);
    });
    afterAll(() => faulty.close());

    const listed = async (prefix: string) =>
      (await faulty.store.listObjects(bucket, { prefix, deep: true, size: 100 }, never)).items.map(
        ({ key }) => key,
      );

    const named = keys.map((key) => [key.slice(0, 20), key] as const);
    it.each(named)('are the same in all that is done: %j', async (_, key) => {
      const bytes = Buffer.from(`content of ${key}`);
      const metadata = { name: key };
      await faulty.writes.put({ bucket, key }, sourceOf(bytes), { metadata }, never);
      const stat = await faulty.store.stat(bucket, key, never);
      expect(stat).toMatchObject({ key, size: bytes.length, metadata });
      expect((await contentOf(faulty.place, bucket, key)).toString()).toBe(bytes.toString());
      expect(await listed('')).toEqual([key]);
      expect(await listed(key)).toEqual([key]);
      expect(await faulty.writes.delete(bucket, [key], never)).toEqual([]);
      expect(await listed('')).toEqual([]);
    });

    it('are told apart', async () => {
      const put = (key: string) => faulty.writes.put({ bucket, key }, sourceOf(Buffer.from(key)), {}, never);
      for (const key of keys) await put(key);
      expect((await listed('')).toSorted()).toEqual(keys.toSorted());
      for (const key of keys) expect((await contentOf(faulty.place, bucket, key)).toString()).toBe(key);
      await faulty.writes.delete(bucket, keys, never);
    });

    it.each(refused)('are refused with %s, and nothing else is stored', async (_, key) => {
      await expect(
        faulty.writes.put({ bucket, key }, sourceOf(Buffer.from('x')), {}, never),
      ).rejects.toMatchObject({ kind: 'invalid' });
      expect(await listed('')).toEqual([]);
    });

    it.skipIf(server !== 'versitygw')('are refused where a file cannot hold them', async () => {
      const key = 'f'.repeat(1024);
      const putting = faulty.writes.put({ bucket, key }, sourceOf(Buffer.from('x')), {}, never);
      await expect(putting).rejects.toMatchObject({
        kind: 'invalid',
        message: expect.stringContaining('too long'),
      });
    });
  });
