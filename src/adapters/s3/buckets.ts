import { MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import { checkBucket } from './checkKey.ts';
import type { S3Requests } from './requests.ts';

/**
 * Makes a bucket. Throws MlopsError invalid for a name that S3 does not allow today, and conflict where there is one: some
 * servers answer a second making as if it were the first.
 */
export async function createBucket(requests: S3Requests, name: string, signal: AbortSignal): Promise<void> {
  checkNewName(name);
  const { status, body: found } = await requests.send(
    { method: 'HEAD', bucket: name, expected: [200, 301, 307, 400, 403, 404] },
    signal,
  );
  found.destroy();
  if (status !== 404 && status !== 400)
    throw new MlopsError(
      'conflict',
      `There is a bucket ${asName(name)} on ${asName(requests.name)} already.`,
      {
        hint: 'Choose another name.',
      },
    );
  const { region } = requests;
  const body = Buffer.from(
    `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`,
  );
  // The first region of AWS, which most other servers call their own, is not to be named.
  await requests.text(
    { method: 'PUT', bucket: name, ...(region === 'us-east-1' ? {} : { body }), expected: [200, 204] },
    signal,
  );
}

/** Deletes a bucket. Throws MlopsError conflict while objects, or versions of them, are in it. */
export async function deleteBucket(requests: S3Requests, name: string, signal: AbortSignal): Promise<void> {
  checkBucket(name);
  await requests.text({ method: 'DELETE', bucket: name, expected: [200, 204] }, signal);
}

/** The rules of AWS (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html), which other servers share. */
function checkNewName(name: string): void {
  const isAllowed =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !/\.\.|\.-|-\./.test(name) &&
    !/^\d+(\.\d+){3}$/.test(name);
  if (isAllowed) return;
  throw new MlopsError('invalid', `${asName(name)} cannot be the name of a bucket.`, {
    hint: 'Use 3 to 63 small letters, digits, "-" and ".", with a letter or digit at both ends.',
  });
}
