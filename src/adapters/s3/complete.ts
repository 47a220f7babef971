import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { IncompleteUpload } from '../../core/ports/objectWrites.ts';
import { bareTag, composedTag, isSameTag } from './checksums.ts';
import { isConflict } from './conditions.ts';
import { statOf } from './metadata.ts';
import { headIfThere } from './headIfThere.ts';
import { mayPass, repeated } from './repeated.ts';
import type { S3Requests } from './requests.ts';
import { compareSize, type Stored, storedOtherwise } from './stored.ts';
import { completeUpload } from './uploadSteps.ts';

/** A part that was sent. `md5` is left out where the server gave no MD5 to compare with. */
export interface SentPart {
  readonly etag: string;
  readonly md5: Buffer | undefined;
}

interface Completing {
  readonly upload: IncompleteUpload;
  readonly parts: readonly SentPart[];
  readonly size: number;
  readonly headers: { readonly [name: string]: string };
}

/**
 * Makes an object of the parts of an upload. Where the answer is lost, what the server has is looked at before it is asked
 * again; an answer 200 with an error in it is a failure. Length and ETag are compared at the end. Throws MlopsError.
 */
export async function complete(
  requests: S3Requests,
  completing: Completing,
  signal: AbortSignal,
): Promise<Stored> {
  const { upload, parts, size, headers } = completing;
  const etags = parts.map(({ etag }) => etag);
  const expected = expectedTag(parts);
  let mayBeDone = false;
  const etag = await repeated(requests.bounds.pauses, signal, async () => {
    const done = mayBeDone ? await doneAlready(requests, completing, expected, signal) : undefined;
    if (done !== undefined) return done;
    try {
      return (await completeUpload(requests, upload, etags, headers, signal)) ?? '';
    } catch (error) {
      const isGone = error instanceof MlopsError && error.kind === 'notFound';
      const isLost = mayBeDone && (isGone || isConflict(error));
      mayBeDone ||= mayPass(error);
      const stored = isLost ? await doneAlready(requests, completing, expected, signal) : undefined;
      if (stored === undefined) throw error;
      return stored;
    }
  });
  if (expected !== undefined && etag !== '' && !isSameTag(etag, expected))
    throw storedOtherwise(requests.name, upload);
  const { bucket, key } = upload;
  const stored = await compareSize(requests, { bucket, key }, size, signal);
  return { ...(etag === '' ? {} : { etag }), ...stored };
}

/** The ETag that the object gets, where all of its parts have theirs. */
function expectedTag(parts: readonly SentPart[]): string | undefined {
  const sums = parts.flatMap(({ md5 }) => md5 ?? []);
  return sums.length === parts.length ? composedTag(sums) : undefined;
}

/** The ETag of the object where it is the one of these parts. */
async function doneAlready(
  requests: S3Requests,
  { upload: { bucket, key }, parts, size }: Completing,
  expected: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const headers = await headIfThere(requests, { bucket, key }, signal);
  if (headers === undefined || headers === 'unseen') return undefined;
  const { etag = '', size: got } = statOf(headers);
  const isOurs =
    expected === undefined ? bareTag(etag).endsWith(`-${parts.length}`) : isSameTag(etag, expected);
  return isOurs && got === size ? etag : undefined;
}
