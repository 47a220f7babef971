import type { Credential, CredentialOwner } from '../domain/signIn.ts';

/** Keeps what people sign in with, out of settings and files. */
export interface Credentials {
  /** Undefined where nothing is kept for this connection at this address. */
  get(owner: CredentialOwner): Promise<Credential | undefined>;
  /** Replaces what was kept. */
  set(owner: CredentialOwner, credential: Credential): Promise<void>;
  delete(owner: CredentialOwner): Promise<void>;
}
