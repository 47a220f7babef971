import type { IncomingHttpHeaders } from 'node:http';
import type { ObjectStat } from '../../core/domain/storedObject.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';

const prefix = 'x-amz-meta-';

/** The headers of an object's type and metadata. Throws MlopsError invalid for what no header can hold. */
export function objectHeaders({ contentType, metadata = {} }: Pick<ObjectStat, 'contentType' | 'metadata'>): {
  readonly [name: string]: string;
} {
  if (contentType !== undefined && !/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(contentType))
    throw new MlopsError('invalid', `${asName(contentType)} is not a content type.`);
  const own = Object.entries(metadata).map(([name, value]) => {
    if (!/^[\w.-]+$/.test(name))
      throw new MlopsError(
        'invalid',
        `${asName(name)} cannot be the name of metadata: it has letters, digits, "-", "_" and ".".`,
      );
    return [`${prefix}${name.toLowerCase()}`, encodedValue(value)] as const;
  });
  return {
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
    ...Object.fromEntries(own),
  };
}

/** Type and metadata as an object keeps them. */
export function asKept({
  contentType,
  metadata,
}: Pick<ObjectStat, 'contentType' | 'metadata'>): Pick<ObjectStat, 'contentType' | 'metadata'> {
  const own = Object.entries(metadata ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    ...(contentType === undefined ? {} : { contentType }),
    ...(own.length === 0 ? {} : { metadata: Object.fromEntries(own) }),
  };
}

/** What the headers of an answer say of an object. */
export function statOf(headers: IncomingHttpHeaders): Omit<ObjectStat, 'bucket' | 'key'> {
  const modifiedAt = Date.parse(headers['last-modified'] ?? '');
  const { etag, 'content-type': contentType, 'x-amz-version-id': version } = headers;
  const own = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(prefix) && typeof value === 'string'
      ? [[name.slice(prefix.length), decodedValue(value)] as const]
      : [],
  );
  return {
    size: Number(headers['content-length'] ?? 0),
    ...(Number.isNaN(modifiedAt) ? {} : { modifiedAt }),
    ...(etag === undefined ? {} : { etag }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(own.length === 0 ? {} : { metadata: Object.fromEntries(own) }),
    ...(typeof version === 'string' && version !== 'null' ? { version } : {}),
  };
}

/** Bytes in one encoded word: it has at most 75 characters. */
const wordBytes = 45;

/**
 * A value as a header can hold and a signature can cover it: printable ASCII with single blanks inside as it is, any other
 * in encoded words (RFC 2047), which is also how AWS gives such values.
 */
export function encodedValue(value: string): string {
  if (/^([\x21-\x7e]+( [\x21-\x7e]+)*)?$/.test(value) && !value.includes('=?')) return value;
  const words: string[] = [];
  let word = '';
  for (const sign of value) {
    if (Buffer.byteLength(word + sign) > wordBytes) {
      words.push(word);
      word = '';
    }
    word += sign;
  }
  return [...words, word].map((each) => `=?UTF-8?B?${Buffer.from(each).toString('base64')}?=`).join(' ');
}

/** The value in a header: encoded words decoded, other text as it is; bytes beyond ASCII are UTF-8. */
export function decodedValue(header: string): string {
  const text = Buffer.from(header, 'latin1').toString('utf8');
  return text
    .replaceAll(/(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)\s+(?==\?)/gi, '$1')
    .replaceAll(/=\?utf-8\?([bq])\?([^?\s]*)\?=/gi, (_, kind: string, encoded: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(encoded, 'base64').toString('utf8') : fromQ(encoded),
    );
}

function fromQ(encoded: string): string {
  const bytes = encoded
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
