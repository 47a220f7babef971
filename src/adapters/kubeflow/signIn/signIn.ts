import { MlopsError } from '../../../core/ports/mlopsError.ts';

/** Headers that sign a request in. */
export type SignInHeaders = Readonly<Record<string, string>>;

/** How requests to one server are signed in. */
export interface SignIn {
  /** The headers of the next request. Throws MlopsError auth where there is nothing to sign in with. */
  headers(signal: AbortSignal): Promise<SignInHeaders>;
  /** Called once a server refused `used`. True: there are other headers, so that the request is worth another try. */
  renew(used: SignInHeaders, signal: AbortSignal): Promise<boolean>;
  /** The error for a server that refuses the newest headers as well. */
  refused(server: string): MlopsError;
}

/** Requests as they are. */
export const noSignIn: SignIn = {
  headers: async () => ({}),
  renew: async () => false,
  refused: (server) =>
    new MlopsError('auth', `${server} asks for a sign-in.`, { hint: 'Take the command MLOps: Sign in.' }),
};

/** The error for a connection that has nothing to sign in with yet. */
export function notSignedIn(server: string): MlopsError {
  return new MlopsError('auth', `You are not signed in to ${server}.`, {
    hint: 'Take the command MLOps: Sign in.',
  });
}

/** True when a text can stand in a header; other text would be refused with a message that shows it. */
export function fitsHeader(text: string): boolean {
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text);
}
