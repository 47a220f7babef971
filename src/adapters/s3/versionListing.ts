import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectVersion } from '../../core/ports/objectVersions.ts';
import { wrongPageToken } from '../../core/ports/pages.ts';
import { byUtf8, encoded, keysIn, nextKeyIn } from './listing.ts';
import { textOf } from './xml.ts';

/** Where a listing of versions goes on. */
export interface AfterVersion {
  readonly key: string;
  readonly version?: string | undefined;
}

/** The query of one page of versions. `size` is 1 to 1000. */
export function versionsQuery(prefix: string, size: number, after?: AfterVersion): string {
  const parts: readonly (readonly [string, string] | undefined)[] = [
    ['encoding-type', 'url'],
    after === undefined ? undefined : ['key-marker', after.key],
    ['max-keys', String(size)],
    ['prefix', prefix],
    after?.version === undefined ? undefined : ['version-id-marker', after.version],
    ['versions', ''],
  ];
  // In the order of their names, as the signature takes them.
  return parts.flatMap((part) => (part === undefined ? [] : `${part[0]}=${encoded(part[1])}`)).join('&');
}

/**
 * Reads a listing of versions: by key, the newest of each first; some servers list marks of deletion apart. `after` is what it
 * was asked to go on from: versitygw calls the first of each page the latest.
 */
export function readVersions(
  xml: string,
  bucket: string,
  after?: AfterVersion,
): { readonly versions: readonly ObjectVersion[]; readonly next?: AfterVersion } {
  if (!xml.includes('<ListVersionsResult'))
    throw new MlopsError('internal', 'The store answered a listing of versions with something else.');
  const keyOf = keysIn(xml);
  const found = [...xml.matchAll(/<(Version|DeleteMarker)>([\s\S]*?)<\/\1>/g)].map(
    ([, kind, item = '']): ObjectVersion => {
      const modifiedAt = Date.parse(textOf(item, 'LastModified') ?? '');
      const key = keyOf(textOf(item, 'Key') ?? '');
      const isOlder = after?.version !== undefined && after.key === key;
      return {
        ...{ bucket, key, id: textOf(item, 'VersionId') ?? 'null' },
        latest: !isOlder && textOf(item, 'IsLatest') === 'true',
        deleted: kind === 'DeleteMarker',
        size: Number(textOf(item, 'Size') ?? 0),
        ...(Number.isNaN(modifiedAt) ? {} : { modifiedAt }),
      };
    },
  );
  const versions = found.toSorted(byKeyAndTime);
  const key = nextKeyIn(
    xml,
    found.map((each) => each.key),
  );
  if (textOf(xml, 'IsTruncated') !== 'true' || key === undefined) return { versions };
  const version = textOf(xml, 'NextVersionIdMarker');
  return { versions, next: { key, version: version === '' ? undefined : version } };
}

/** Those of the same time stay in the server's order. */
function byKeyAndTime(a: ObjectVersion, b: ObjectVersion): number {
  return (
    byUtf8(a.key, b.key) || Number(b.latest) - Number(a.latest) || (b.modifiedAt ?? 0) - (a.modifiedAt ?? 0)
  );
}

const mark = 's3-versions:';

export function toToken({ key, version }: AfterVersion): string {
  return Buffer.from(mark + JSON.stringify([key, version])).toString('base64url');
}

/** Throws MlopsError invalid for a token of something else. */
export function fromToken(page: string): AfterVersion {
  const text = Buffer.from(page, 'base64url').toString();
  if (!text.startsWith(mark)) throw wrongPageToken();
  const [key, version]: unknown[] = JSON.parse(text.slice(mark.length)) as unknown[];
  if (typeof key !== 'string') throw wrongPageToken();
  return typeof version === 'string' ? { key, version } : { key };
}
