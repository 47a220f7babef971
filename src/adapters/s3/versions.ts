import type { Page } from '../../core/domain/page.ts';
import type { ObjectName } from '../../core/ports/objectWrites.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectVersion, ObjectVersions } from '../../core/ports/objectVersions.ts';
import { mostObjects, pageSize } from '../../core/ports/pages.ts';
import { asName } from '../../core/text/literal.ts';
import { checkBucket } from './checkKey.ts';
import { copyObject } from './copy.ts';
import type { S3Requests } from './requests.ts';
import { versionQuery } from './stat.ts';
import { fromToken, readVersions, toToken, versionsQuery } from './versionListing.ts';
import { textOf } from './xml.ts';

/** The versions of objects. A server that keeps none says so: `kept` is false, the rest throws MlopsError unsupported. */
export function s3Versions(requests: S3Requests): ObjectVersions {
  return {
    kept: (bucket, signal) => kept(requests, bucket, signal),
    list: (bucket, query, signal) => list(requests, bucket, query, signal),
    restore: (version, signal) => restore(requests, version, signal),
    delete: (version, signal) => deleteVersion(requests, version, signal),
  };
}

async function kept(requests: S3Requests, bucket: string, signal: AbortSignal): Promise<boolean> {
  checkBucket(bucket);
  try {
    const xml = await requests.text({ method: 'GET', bucket, query: 'versioning=' }, signal);
    return textOf(xml, 'Status') === 'Enabled';
  } catch (error) {
    if (error instanceof MlopsError && error.kind === 'unsupported') return false;
    throw error;
  }
}

async function list(
  requests: S3Requests,
  bucket: string,
  query: Parameters<ObjectVersions['list']>[1],
  signal: AbortSignal,
): Promise<Page<ObjectVersion>> {
  checkBucket(bucket);
  const size = pageSize(query, 100, mostObjects);
  const after = query.page === undefined ? undefined : fromToken(query.page);
  const asked = versionsQuery(query.prefix, size, after);
  const xml = await requests.text({ method: 'GET', bucket, query: asked }, signal);
  const { versions, next } = readVersions(xml, bucket, after);
  return { items: versions, ...(next === undefined ? {} : { next: toToken(next) }) };
}

/** A mark of deletion is taken away; an older version is copied over what is there. */
async function restore(requests: S3Requests, version: ObjectVersion, signal: AbortSignal): Promise<void> {
  const { bucket, key, id, latest, deleted } = version;
  if (deleted && !latest)
    throw new MlopsError(
      'invalid',
      `This version of ${asName(`${bucket}/${key}`)} is a deletion of long ago.`,
      {
        hint: 'Restore a version that has content.',
      },
    );
  if (deleted) await deleteVersion(requests, version, signal);
  else if (!latest)
    await copyObject(
      requests,
      { from: { bucket, key, version: id }, to: { bucket, key }, options: {} },
      signal,
    );
}

async function deleteVersion(
  requests: S3Requests,
  { bucket, key, id }: ObjectName & { readonly id: string },
  signal: AbortSignal,
): Promise<void> {
  const query = versionQuery(id);
  await requests.text({ method: 'DELETE', bucket, key, query, expected: [200, 204, 404] }, signal);
}
