import type { Bucket, ObjectEntry } from '../../core/domain/storedObject.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { elements, textOf } from './xml.ts';

/** One answer of ListObjectsV2: objects and prefixes in UTF-8 order of their keys. */
export interface Listing {
  readonly entries: readonly ObjectEntry[];
  /** The server's token of what comes after it. */
  readonly next?: string;
}

/** The query of one page of a listing. `size` is 1 to 1000. */
export function listingQuery(
  prefix: string,
  {
    deep,
    size,
    token,
  }: { readonly deep: boolean; readonly size: number; readonly token?: string | undefined },
): string {
  const parts: readonly (readonly [string, string] | undefined)[] = [
    token === undefined ? undefined : ['continuation-token', token],
    deep ? undefined : ['delimiter', '/'],
    ['encoding-type', 'url'],
    ['list-type', '2'],
    ['max-keys', String(size)],
    ['prefix', prefix],
  ];
  // In the order of their names, as the signature takes them.
  return parts.flatMap((part) => (part === undefined ? [] : `${part[0]}=${encoded(part[1])}`)).join('&');
}

/** Encodes as signatures of AWS do: all but letters, digits, `-`, `.`, `_` and `~`. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Reads a listing. Keys are decoded only where the answer says that they are encoded: not all servers heed the wish. */
export function readListing(xml: string): Listing {
  if (!xml.includes('<ListBucketResult'))
    throw new MlopsError('internal', 'The store answered a listing with something else.');
  const key = keysIn(xml);
  const objects = elements(xml, 'Contents').map((item): ObjectEntry => {
    const modifiedAt = timeIn(item);
    return {
      kind: 'object',
      key: key(textOf(item, 'Key') ?? ''),
      size: Number(textOf(item, 'Size') ?? 0),
      ...(modifiedAt === undefined ? {} : { modifiedAt }),
    };
  });
  const prefixes = elements(xml, 'CommonPrefixes').map((item): ObjectEntry => ({
    kind: 'prefix',
    key: key(textOf(item, 'Prefix') ?? ''),
  }));
  const entries = [...objects, ...prefixes].toSorted((a, b) => byUtf8(a.key, b.key));
  const next = textOf(xml, 'IsTruncated') === 'true' ? textOf(xml, 'NextContinuationToken') : undefined;
  return { entries, ...(next === undefined ? {} : { next }) };
}

/** When an entry was changed, in whole seconds: what is told of one object has no more, and both are to be the same. */
export function timeIn(item: string): number | undefined {
  const time = Date.parse(textOf(item, 'LastModified') ?? '');
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000) * 1000;
}

/** How the keys of a listing are read: decoded only where the listing says that they are encoded. */
export function keysIn(xml: string): (text: string) => string {
  return textOf(xml, 'EncodingType')?.toLowerCase() === 'url' ? unescaped : (text) => text;
}

/**
 * The key after which the next page begins. Ceph encodes the keys of a page but not this one, which usually is the last of the
 * page: so it is taken as it is where that is what it then is.
 */
export function nextKeyIn(xml: string, keys: readonly string[]): string | undefined {
  const marker = textOf(xml, 'NextKeyMarker');
  return marker === undefined || keys.includes(marker) ? marker : keysIn(xml)(marker);
}

/** Percent signs as a listing encodes them; `+` is a blank there. What is no encoding stays as it is. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Reads the list of buckets, by name. */
export function readBuckets(xml: string): readonly Bucket[] {
  return elements(xml, 'Bucket')
    .map((item): Bucket => {
      const createdAt = Date.parse(textOf(item, 'CreationDate') ?? '');
      return { name: textOf(item, 'Name') ?? '', ...(Number.isNaN(createdAt) ? {} : { createdAt }) };
    })
    .toSorted((a, b) => byUtf8(a.name, b.name));
}

/** In the order of listings, which is that of UTF-8: by code points, where a string of JavaScript would compare halves of them. */
export function byUtf8(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let at = 0; at < end; at += 1) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (one !== other) return rank(one) - rank(other);
  }
  return a.length - b.length;
}

/** Halves of code points above U+FFFF come after all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
