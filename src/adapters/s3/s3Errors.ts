import { errorCode, messageOf, MlopsError, type MlopsErrorKind } from '../../core/ports/mlopsError.ts';
import { own } from '../../core/domain/own.ts';
import { asName } from '../../core/text/literal.ts';
import type { S3Address } from './address.ts';
import { textOf } from './xml.ts';

/** A failure as the server answered it. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** Where the server says that the bucket is. */
  readonly region?: string | undefined;
}

interface Meaning {
  readonly kind: MlopsErrorKind;
  readonly words: (what: string, connection: string) => string;
  readonly hint?: string;
}

const wrongKey: Meaning = {
  kind: 'auth',
  words: (_, connection) => `${connection} does not know this access key.`,
  hint: 'Check the access key of the connection.',
};

/** It may arrive whole the next time. */
const alteredOnTheWay: Meaning = {
  kind: 'unreachable',
  words: (what, connection) => `${what} did not arrive at ${connection} as it was sent.`,
  hint: 'Try again.',
};

/** Codes of the S3 protocol and what they mean to a person (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). */
const meanings: { readonly [code: string]: Meaning } = {
  NoSuchBucket: { kind: 'notFound', words: (what, connection) => `There is no ${what} on ${connection}.` },
  NoSuchKey: { kind: 'notFound', words: (what, connection) => `There is no ${what} on ${connection}.` },
  InvalidAccessKeyId: wrongKey,
  SignatureDoesNotMatch: {
    kind: 'auth',
    words: (_, connection) => `${connection} refused the signature: the secret key is wrong.`,
    hint: 'Check the secret key of the connection.',
  },
  ExpiredToken: {
    kind: 'auth',
    words: (_, connection) => `The session for ${connection} has expired.`,
    hint: 'Sign in again.',
  },
  RequestTimeTooSkewed: {
    kind: 'auth',
    words: (_, connection) => `The clocks of this machine and of ${connection} differ too much.`,
    hint: 'Set the clock of this machine.',
  },
  AuthorizationHeaderMalformed: {
    kind: 'invalid',
    words: (_, connection) => `${connection} is in another region than the connection says.`,
    hint: 'Set the region of the connection.',
  },
  PermanentRedirect: {
    kind: 'invalid',
    words: (what, connection) => `${what} is at another address than ${connection}.`,
    hint: 'Set the region or the endpoint of the connection.',
  },
  AccessDenied: {
    kind: 'forbidden',
    words: (what, connection) => `This key has no right to ${what} on ${connection}.`,
    hint: 'Ask who runs the store for the right, or name the buckets that you may use.',
  },
  NoSuchUpload: {
    kind: 'notFound',
    words: (what, connection) => `The upload of ${what} to ${connection} is not there any more.`,
    hint: 'Upload it again.',
  },
  BadDigest: alteredOnTheWay,
  XAmzContentSHA256Mismatch: alteredOnTheWay,
  IncompleteBody: alteredOnTheWay,
  RequestTimeout: alteredOnTheWay,
  MetadataTooLarge: { kind: 'invalid', words: (what) => `${what} has more metadata than the store keeps.` },
  EntityTooLarge: { kind: 'invalid', words: (what, connection) => `${what} is too large for ${connection}.` },
  KeyTooLongError: { kind: 'invalid', words: (what) => `${what} is too long for a key.` },
  BucketAlreadyExists: {
    kind: 'conflict',
    words: (what, connection) => `Somebody has a ${what} on ${connection} already.`,
    hint: 'Choose another name.',
  },
  BucketAlreadyOwnedByYou: {
    kind: 'conflict',
    words: (what, connection) => `There is a ${what} on ${connection} already.`,
    hint: 'Choose another name.',
  },
  BucketNotEmpty: {
    kind: 'conflict',
    words: (what, connection) => `The ${what} on ${connection} is not empty.`,
    hint: 'Delete its objects first, and the older versions of objects that it keeps.',
  },
  PreconditionFailed: {
    kind: 'conflict',
    words: (what, connection) => `${what} on ${connection} was changed in the meantime.`,
    hint: 'Look at it again.',
  },
  ConditionalRequestConflict: {
    kind: 'conflict',
    words: (what, connection) => `${what} on ${connection} is being changed by somebody else.`,
    hint: 'Look at it again.',
  },
  NoSuchVersion: {
    kind: 'notFound',
    words: (what, connection) => `There is no such version of ${what} on ${connection}.`,
  },
  VersioningNotConfigured: {
    kind: 'unsupported',
    words: (_, connection) => `${connection} keeps no versions.`,
  },
  NotImplemented: {
    kind: 'unsupported',
    words: (_, connection) => `${connection} does not offer this.`,
  },
};

/** Codes of failures that may pass; they also come in an answer 200. */
const passing = new Set(['InternalError', 'ServiceUnavailable', 'SlowDown', 'OperationAborted']);

const byStatus: { readonly [status: number]: string } = {
  301: 'PermanentRedirect',
  403: 'AccessDenied',
  412: 'PreconditionFailed',
  501: 'NotImplemented',
};

/** What a server's refusal means. A page that is no answer of S3 is taken as another server at that address. */
export function answered(
  { name, endpoint, where = endpoint }: S3Address,
  { status, text, bucket, key, region }: Answered,
): MlopsError {
  const code = textOf(text, 'Code') ?? byStatus[status] ?? (status === 404 ? 'NoSuchKey' : '');
  const what = whatOf(bucket, key);
  const meaning = inRegion(code, regionIn(text, region)) ?? own(meanings, code);
  const isXml = text === '' || text.includes('<Error');
  if (!isXml)
    return new MlopsError(
      'unreachable',
      `At ${where} there is no object store, or something before it answers.`,
      {
        hint: 'Check the endpoint of the connection.',
      },
    );
  if (meaning !== undefined)
    return new MlopsError(meaning.kind, meaning.words(what, asName(name)), { hint: meaning.hint });
  const kind = mayPass(status, code) ? 'unreachable' : 'invalid';
  return new MlopsError(kind, `${asName(name)} refused ${what} (${code || status}):`, {
    outside: textOf(text, 'Message') ?? '',
  });
}

/** Codes of a request that went to another region than the bucket is in. */
const regionCodes: { readonly [code: string]: true } = {
  AuthorizationHeaderMalformed: true,
  PermanentRedirect: true,
  IllegalLocationConstraintException: true,
};

function inRegion(code: string, region: string | undefined): Meaning | undefined {
  if (region === undefined || own(regionCodes, code) === undefined) return undefined;
  return {
    kind: 'invalid',
    words: (what, connection) => `${what} on ${connection} is in the region ${region}.`,
    hint: 'Set the region of the connection.',
  };
}

/** The region that a server names: in a header, an element of its own, or its message; in no other shape than regions have. */
function regionIn(text: string, header: string | undefined): string | undefined {
  const named =
    header ?? textOf(text, 'Region') ?? /expecting '([^']+)'/.exec(textOf(text, 'Message') ?? '')?.[1];
  return named !== undefined && /^[a-z0-9][a-z0-9-]{0,40}$/.test(named) ? named : undefined;
}

function mayPass(status: number, code: string): boolean {
  return status >= 500 || status === 429 || status === 408 || passing.has(code);
}

function whatOf(bucket: string | undefined, key: string | undefined): string {
  if (bucket === undefined) return 'the list of buckets';
  return key === undefined ? `bucket ${asName(bucket)}` : `object ${asName(`${bucket}/${key}`)}`;
}

/** A request that got no answer. What the way to the store says of itself stays as it is. */
export function unreachable({ name, endpoint, where = endpoint }: S3Address, error: unknown): MlopsError {
  if (error instanceof MlopsError) return error;
  const code = errorCode(error);
  const isUntrusted = code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code);
  return new MlopsError('unreachable', `${asName(name)} at ${where} does not answer:`, {
    outside: code ?? messageOf(error),
    hint: isUntrusted
      ? 'Its certificate is not trusted: name its certificate authority in the connection.'
      : 'Check that the server runs, and the endpoint of the connection.',
    cause: error,
  });
}

/** No keys are kept for a connection, and the tools of AWS have none. */
export function noAccessKey(name: string): MlopsError {
  return new MlopsError('auth', `There is no access key for ${asName(name)}.`, {
    hint: 'Take the command MLOps: Add object store, and give its keys there.',
  });
}

/** The file with the certificate authority of a connection cannot be read. */
export function noAuthority(name: string, file: string, cause: unknown): MlopsError {
  return new MlopsError(
    'invalid',
    `The certificate authority of ${asName(name)} cannot be read: ${asName(file)}.`,
    { hint: 'Check the setting mlops.connections.', cause },
  );
}
