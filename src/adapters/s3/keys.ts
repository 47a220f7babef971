import { MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';

/** Names that S3 allows, and those with capitals and underscores of old buckets. */
export function isBucketName(name: string): boolean {
  return /^[a-zA-Z0-9][a-zA-Z0-9._-]{1,254}$/.test(name) && !name.includes('..');
}

/** True for keys that a server on a file system reads as another key: `a//b`, `/a`, `a/../b`, `./a`. */
export function isAltered(key: string): boolean {
  const parts = key.split('/');
  return parts.slice(0, -1).includes('') || parts.some((part) => part === '.' || part === '..');
}

/** The empty key, which no object has. */
export function noObject(): MlopsError {
  return new MlopsError('invalid', 'No object was named.');
}

export function noSuchKey(bucket: string, key: string, connection: string): MlopsError {
  return new MlopsError(
    'notFound',
    `There is no object ${asName(`${bucket}/${key}`)} on ${asName(connection)}.`,
  );
}
