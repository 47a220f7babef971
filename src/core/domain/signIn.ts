import type { ConnectionId } from './connection.ts';

/**
 * How a connection signs in. `token`: a bearer token. `tokenFile`: a bearer token that another program keeps fresh in a file, such
 * as one of a service account. `password`: the form of the server's sign-in page is filled in. `cookie`: a session that a person
 * began in a browser.
 */
export const signInKinds = ['none', 'token', 'tokenFile', 'password', 'cookie'] as const;

export type SignInKind = (typeof signInKinds)[number];

/** What a person gave to sign in with. */
export type Credential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'cookie'; readonly cookie: string }
  /** Of an object store. */
  | { readonly kind: 'keys'; readonly accessKey: string; readonly secretKey: string };

/** What a credential belongs to: the same connection at another address does not get it. */
export interface CredentialOwner {
  readonly connection: ConnectionId;
  readonly endpoint: string;
}
