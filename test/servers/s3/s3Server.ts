import type { S3Address } from '../../../src/adapters/s3/address.ts';
import { md5Header } from '../../../src/adapters/s3/checksums.ts';
import { S3Requests, type S3Credentials } from '../../../src/adapters/s3/requests.ts';
import { elements, escaped, textOf } from '../../../src/adapters/s3/xml.ts';
import { s3Versions } from '../../../src/adapters/s3/versions.ts';
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
    await emptyVersions(requests, bucket);
    await requests.text({ method: 'DELETE', bucket, expected: [200, 204] }, never);
  }
}

/** Has a bucket keep versions from now on. */
export async function keepVersions({ address, credentials }: S3Place, bucket: string): Promise<void> {
  const status = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
  const body = Buffer.from(status);
  await new S3Requests(address, credentials).text(
    { method: 'PUT', bucket, query: 'versioning=', body },
    never,
  );
}

/** Deletes all objects of a bucket, with older versions. */
async function emptyVersions(requests: S3Requests, bucket: string): Promise<void> {
  const versions = s3Versions(requests);
  for (;;) {
    const { items } = await versions.list(bucket, { prefix: '', size: 1000 }, never);
    if (items.length === 0) return;
    const objects = items.map(
      ({ key, id }) => `<Object><Key>${escaped(key)}</Key><VersionId>${escaped(id)}</VersionId></Object>`,
    );
    const body = Buffer.from(`<Delete><Quiet>true</Quiet>${objects.join('')}</Delete>`);
    const request = { method: 'POST', bucket, query: 'delete=', body, headers: md5Header(body) } as const;
    const answer = await requests.text(request, never);
    if (answer.includes('<Error>')) throw new Error(`Bucket ${bucket} cannot be emptied: ${answer}`);
  }
}
