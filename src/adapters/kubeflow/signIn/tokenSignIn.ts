import { open } from 'node:fs/promises';
import { own } from '../../../core/domain/own.ts';
import { errorCode, MlopsError } from '../../../core/ports/mlopsError.ts';
import { asName } from '../../../core/text/literal.ts';
import { fitsHeader, notSignedIn, type SignIn, type SignInHeaders } from './signIn.ts';
import { pipelinesAudience, whyRefused } from './tokenClaims.ts';

/** A bearer token that a person gave. It is read anew when the server refuses it, since another window may have got a newer one. */
export function tokenSignIn(
  server: string,
  read: () => Promise<string | undefined>,
  now: () => number,
): SignIn {
  return fresh({
    name: 'authorization',
    read: async () => {
      const token = await read();
      if (token === undefined) throw notSignedIn(server);
      return bearer(token);
    },
    refused: (token) =>
      new MlopsError('auth', `${server} does not accept the token.`, {
        hint: `${whyRefused(token, now()) ?? 'It may have expired.'} Give a new one with MLOps: Sign in.`,
      }),
  });
}

/** A session of a browser. */
export function cookieSignIn(server: string, read: () => Promise<string | undefined>): SignIn {
  return fresh({
    name: 'cookie',
    read: async () => {
      const cookie = await read();
      if (cookie === undefined) throw notSignedIn(server);
      return cookie;
    },
    refused: () =>
      new MlopsError('auth', `The session with ${server} has ended.`, {
        hint: 'Sign in with the browser and paste its new cookie: MLOps: Sign in.',
      }),
  });
}

/** A bearer token that another program keeps fresh in a file, which is read for each request. */
export function tokenFileSignIn(server: string, file: string, now: () => number): SignIn {
  return fresh({
    name: 'authorization',
    read: async () => bearer(await readToken(file)),
    refused: (token) =>
      new MlopsError('auth', `${server} does not accept the token in ${asName(file)}.`, {
        hint:
          whyRefused(token, now()) ??
          `It may have expired, or be for another audience than ${pipelinesAudience}.`,
      }),
  });
}

const bearer = (token: string) => `Bearer ${token}`;

interface Source {
  readonly name: string;
  readonly read: () => Promise<string>;
  /** The error for a server that refuses what was read last, without "Bearer". */
  readonly refused: (token: string) => MlopsError;
}

function fresh({ name, read, refused }: Source): SignIn {
  let last = '';
  const headers = async (): Promise<SignInHeaders> => {
    const value = await read();
    // The error of a request would show the value.
    if (!fitsHeader(value))
      throw new MlopsError('auth', 'What is kept for the sign-in has characters that cannot be sent.', {
        hint: 'Give it again with MLOps: Sign in.',
      });
    last = value.replace(/^Bearer /, '');
    return { [name]: value };
  };
  const renew = async (used: SignInHeaders) => own(await headers(), name) !== own(used, name);
  return { headers, renew, refused: () => refused(last) };
}

const largestToken = 64 << 10;

/** The token in a file. A file with anything else is refused, so that none is sent to a server by mistake. */
export async function readToken(file: string): Promise<string> {
  const text = await beginningOf(file);
  const token = text.trim();
  if (token.length > largestToken || /\s/.test(token) || !fitsHeader(token))
    throw new MlopsError('auth', `The file ${asName(file)} has no token: a token is one word.`, {
      hint: 'Name the file of the token in the setting mlops.connections.',
    });
  return token;
}

async function beginningOf(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(largestToken + 2) });
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const why = errorCode(error) === 'ENOENT' ? 'does not exist' : 'cannot be read';
    throw new MlopsError('auth', `The file of the token, ${asName(file)}, ${why}.`, {
      hint: 'Check tokenFile in the setting mlops.connections, and the program that writes it.',
      cause: error,
    });
  }
}
