import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createS3 } from '../../src/adapters/s3/s3.ts';
import { S3Requests } from '../../src/adapters/s3/requests.ts';
import type { ObjectVersion, ObjectVersions } from '../../src/core/ports/objectVersions.ts';
import { empty, keepVersions, type S3Place } from '../servers/s3/s3Server.ts';

const never = new AbortController().signal;
const bucket = 'many-versions';
const key = 'a b/ü+100%.txt';
const count = 1500;

describe.each(Object.entries(inject('stores')))('versions on %s', (_, place: S3Place) => {
  let versions: ObjectVersions;

  beforeAll(async () => {
    await empty(place, [bucket]);
    const store = createS3(place);
    const requests = new S3Requests(place.address, place.credentials);
    await store.writes?.createBucket(bucket, never);
    await keepVersions(place, bucket);
    await requests.text({ method: 'PUT', bucket, key: 'a', body: Buffer.from('before') }, never);
    await requests.text({ method: 'PUT', bucket, key: 'z', body: Buffer.from('after') }, never);
    // Sizes tell in which order they were stored, where that is known: the last hundred come one after the other.
    const put = (number: number) =>
      requests.text({ method: 'PUT', bucket, key, body: Buffer.alloc(number) }, never);
    for (let number = 0; number < count - 100; number += 20)
      await Promise.all(Array.from({ length: 20 }, (__, more) => put(number + more)));
    for (let number = count - 100; number < count; number += 1) await put(number);
    versions = store.versions ?? expect.fail('It keeps no versions.');
  }, 180_000);
  afterAll(() => empty(place, [bucket]), 60_000);

  it(`pages through ${count} versions of one key`, async () => {
    const found: ObjectVersion[] = [];
    let page: string | undefined;
    do {
      const query = { prefix: '', size: 1000, ...(page === undefined ? {} : { page }) };
      const listed = await versions.list(bucket, query, never);
      found.push(...listed.items);
      page = listed.next;
    } while (page !== undefined);
    expect(found[0]).toMatchObject({ key: 'a', latest: true });
    expect(found.at(-1)).toMatchObject({ key: 'z', latest: true });
    const ofKey = found.filter((version) => version.key === key);
    const sizes = ofKey.map(({ size }) => size);
    expect(sizes.slice(0, 100)).toEqual(Array.from({ length: 100 }, (__, at) => count - 1 - at));
    expect(sizes.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (__, at) => at));
    expect(ofKey.map(({ latest }) => latest).indexOf(true)).toBe(0);
    expect(ofKey.filter(({ latest }) => latest)).toHaveLength(1);
  });
});
