import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectName } from '../../core/ports/objectWrites.ts';
import { asName } from '../../core/text/literal.ts';
import { checkKey } from './checkKey.ts';
import type { S3Requests } from './requests.ts';
import { head } from './stat.ts';

/** Seven days, the most that a signature is good for. */
const mostSeconds = 604_800;

/**
 * An address that lets anyone read the object for 1 to 604,800 seconds. Throws MlopsError notFound where there is no such object,
 * unsupported for a key that a browser would make another one.
 */
export async function link(
  requests: S3Requests,
  to: ObjectName,
  seconds: number,
  signal: AbortSignal,
): Promise<string> {
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > mostSeconds)
    throw new MlopsError('invalid', 'A link lasts for 1 second to 7 days.');
  await checkKey(requests, to, signal);
  // Whatever reads an address leaves such parts out of its path, and the signature no longer fits.
  if (to.key.split('/').some((part) => part === '.' || part === '..'))
    throw new MlopsError('unsupported', `${asName(to.key)} cannot be the path of a link.`, {
      hint: 'Copy the object to a key without "." and ".." as parts of it.',
    });
  await head(requests, to, signal);
  return requests.link(to, seconds);
}
