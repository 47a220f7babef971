import type { S3Address } from '../../../src/adapters/s3/address.ts';
import { S3Requests, type S3Credentials } from '../../../src/adapters/s3/requests.ts';
import { elements, textOf } from '../../../src/adapters/s3/xml.ts';
import type { StoreContent } from '../../contract/objectStore.ts';

/** Where an S3 server of the tests is, and the keys of its owner. */
export interface S3Place {
  readonly address: S3Address;
  readonly credentials: S3Credentials;
}

const never = new AbortController().signal;

/** Makes buckets and puts objects into them. */
export async function fill({ address, credentials }: S3Place, content: StoreContent): Promise<void> {
  const requests = new S3Requests(address, credentials);
  for (const [bucket, objects] of Object.entries(content)) {
    await requests.text({ method: 'PUT', bucket }, never);
    for (const [key, bytes] of Object.entries(objects))
      await requests.text({ method: 'PUT', bucket, key, body: Buffer.from(bytes) }, never);
  }
}

/** Deletes buckets with all that is in them, where they are there. */
export async function empty({ address, credentials }: S3Place, buckets: readonly string[]): Promise<void> {
  const requests = new S3Requests(address, credentials);
  const there = elements(await requests.text({ method: 'GET' }, never), 'Bucket').map((item) =>
    textOf(item, 'Name'),
  );
  for (const bucket of buckets.filter((name) => there.includes(name))) {
    const listing = await requests.text({ method: 'GET', bucket, query: 'list-type=2' }, never);
    const keys = elements(listing, 'Contents').flatMap((item) => textOf(item, 'Key') ?? []);
    for (const key of keys)
      await requests.text({ method: 'DELETE', bucket, key, expected: [200, 204] }, never);
    await requests.text({ method: 'DELETE', bucket, expected: [200, 204] }, never);
  }
}
