import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, sourceOf } from '../contract/objectTransfers.ts';
import type { Fault } from '../servers/faultProxy.ts';
import { contentOf, faultyPlaces, faultyStore, type FaultyStore, never } from './support/faultyStore.ts';

const bucket = 'change-faults';
const bytes = bytesOf(100_000);
const keys = ['a b', 'c+d'];

const passing: readonly (readonly [string, Fault])[] = [
  ['the server answers 503', { status: 503 }],
  ['the connection is lost before', 'lost'],
  ['the answer is lost', 'unanswered'],
];

for (const [name, place] of faultyPlaces)
  describe.skipIf(place === undefined)(`changes with faults, on ${name}`, () => {
    let faulty: FaultyStore;
    beforeAll(async () => {
      faulty = await faultyStore(bucket, place);
      for (const key of keys) await faulty.writes.put({ bucket, key }, sourceOf(bytes), {}, never);
    });
    afterAll(() => faulty.close());
    afterEach(() => faulty.writes.delete(bucket, ['copy'], never));

    it.each(passing)('copies once and whole when %s', async (_, fault) => {
      faulty.proxy.next(/^PUT \/change-faults\/copy$/, fault);
      await faulty.writes.copy({ bucket, key: 'a b' }, { bucket, key: 'copy' }, {}, never);
      expect(Buffer.compare(await contentOf(faulty.place, bucket, 'copy'), bytes)).toBe(0);
    });

    it.each(passing)('deletes all that is meant when %s', async (_, fault) => {
      const gone = { bucket, key: 'gone' };
      await faulty.writes.put(gone, sourceOf(bytes), {}, never);
      faulty.proxy.next(/^POST \/change-faults\/?\?delete/, fault);
      expect(await faulty.writes.delete(bucket, ['gone'], never)).toEqual([]);
      await expect(faulty.store.stat(bucket, 'gone', never)).rejects.toMatchObject({ kind: 'notFound' });
      expect((await faulty.store.listObjects(bucket, { prefix: '' }, never)).items).toHaveLength(2);
    });
  });
