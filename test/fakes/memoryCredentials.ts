import type { Credential, CredentialOwner } from '../../src/core/domain/signIn.ts';
import type { Credentials } from '../../src/core/ports/credentials.ts';

/** Credentials in memory. */
export class MemoryCredentials implements Credentials {
  readonly kept = new Map<string, Credential>();

  async get(owner: CredentialOwner): Promise<Credential | undefined> {
    return this.kept.get(keyOf(owner));
  }

  async set(owner: CredentialOwner, credential: Credential): Promise<void> {
    this.kept.set(keyOf(owner), credential);
  }

  async delete(owner: CredentialOwner): Promise<void> {
    this.kept.delete(keyOf(owner));
  }
}

const keyOf = ({ connection, endpoint }: CredentialOwner) => `${connection} ${endpoint}`;
