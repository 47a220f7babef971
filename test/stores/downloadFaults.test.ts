import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3 } from '../../src/adapters/s3/s3.ts';
import { bytesOf, memoryTarget, sourceOf } from '../contract/objectTransfers.ts';
import type { Fault } from '../servers/faultProxy.ts';
import {
  faultyStore,
  type FaultyStore,
  never,
  threeParts,
  faultyPlaces,
  writesOf,
} from './support/faultyStore.ts';

const bucket = 'download-faults';
const mebibyte = 1024 * 1024;
const objects = { small: bytesOf(mebibyte), large: bytesOf(threeParts) };
type Name = keyof typeof objects;
const names: readonly Name[] = ['small', 'large'];

const passing: readonly (readonly [string, Fault])[] = [
  ['the server answers 500', { status: 500 }],
  ['the server answers 503', { status: 503 }],
  ['the server is silent', 'silent'],
  ['the connection is lost', 'lost'],
  ['the answer is cut', { cutDown: 500_000 }],
  ['the answer stops in the middle', { stallDown: 500_000 }],
  ['half of the answer comes', 'half'],
];

for (const [server, place] of faultyPlaces)
  describe.skipIf(place === undefined)(`a download with faults, on ${server}`, () => {
    let faulty: FaultyStore;
    beforeAll(async () => {
      faulty = await faultyStore(bucket, place);
      const writes = writesOf(createS3(faulty.place));
      for (const name of names) await writes.put({ bucket, key: name }, sourceOf(objects[name]), {}, never);
    });
    afterAll(() => faulty.close());

    const get = async (name: Name, write = async () => undefined as void) => {
      const target = memoryTarget(objects[name].length);
      const both = {
        write: async (bytes: Uint8Array, offset: number) => {
          await target.write(bytes, offset);
          await write();
        },
      };
      await faulty.store.download?.({ bucket, key: name }, both, () => undefined, never);
      return target;
    };

    const cases = names.flatMap((name) => passing.map(([what, fault]) => [name, what, fault] as const));
    it.each(cases)('gives the same bytes of a %s object when %s', async (name, _, fault) => {
      faulty.proxy.next(new RegExp(`GET /download-faults/${name}`), fault);
      const target = await get(name);
      expect(Buffer.compare(target.bytes, objects[name])).toBe(0);
      expect(target.written).toBe(objects[name].length);
    });

    it('waits for bytes that come slowly, longer than for silence', async () => {
      faulty.proxy.next(/GET \/download-faults\/small/, { dribble: 8000 });
      expect(Buffer.compare((await get('small')).bytes, objects.small)).toBe(0);
    });

    it.each(names)('notices a bit of a %s object that was turned on the way', async (name) => {
      faulty.proxy.next(new RegExp(`GET /download-faults/${name}`), { flipDown: 400_000 });
      await expect(get(name)).rejects.toMatchObject({
        kind: 'unreachable',
        message: expect.stringContaining('its checksum differs'),
      });
    });

    it('notices a turned bit where the server does not tell the size of parts', async () => {
      const sizes = /^HEAD .*partNumber=/;
      faulty.proxy.next(sizes, { status: 501 });
      expect(Buffer.compare((await get('large')).bytes, objects.large)).toBe(0);
      faulty.proxy.next(sizes, { status: 501 });
      faulty.proxy.next(/GET \/download-faults\/large/, { flipDown: 400_000 });
      await expect(get('large')).rejects.toMatchObject({ message: expect.stringContaining('checksum') });
    });

    it('gives up where the fault stays', async () => {
      faulty.proxy.next(/GET .*\/small/, ...Array.from({ length: 4 }, (): Fault => ({ status: 503 })));
      await expect(get('small')).rejects.toMatchObject({ kind: 'unreachable' });
    });

    it('joins no two states of an object', async () => {
      const changing = { bucket, key: 'changing' };
      await faulty.writes.put(changing, sourceOf(bytesOf(2 * threeParts)), {}, never);
      // Nothing is taken, and so the last range is not asked for, before the object is another one.
      let replaced: Promise<unknown> | undefined;
      const write = async () => {
        replaced ??= faulty.writes.put(changing, sourceOf(objects.small), {}, never);
        await replaced;
      };
      await expect(
        faulty.store.download?.(changing, { write }, () => undefined, never),
      ).rejects.toMatchObject({
        kind: 'conflict',
      });
    });
  });
