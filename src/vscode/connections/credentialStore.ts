import type * as vscode from 'vscode';
import type { ConnectionId } from '../../core/domain/connection.ts';
import { isJsonObject, type Json } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import type { Credential, CredentialOwner } from '../../core/domain/signIn.ts';
import type { Credentials } from '../../core/ports/credentials.ts';

/** The part of the editor's storage of secrets that is used. */
export type SecretStorage = Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>;

const prefix = 'mlops.signIn ';

/**
 * Keeps credentials in the editor's storage of secrets, under the connection and its address together: a row that has been given
 * another address finds none.
 */
export function credentialStore(secrets: SecretStorage): Credentials {
  return {
    get: async (owner) => credentialIn(await secrets.get(keyOf(owner))),
    set: async (owner, credential) => {
      await secrets.store(keyOf(owner), JSON.stringify(credential));
    },
    delete: async (owner) => {
      await secrets.delete(keyOf(owner));
    },
  };
}

/** The connection that a changed secret belongs to; undefined for another secret. */
export function connectionOfSecret(key: string): ConnectionId | undefined {
  const [connection] = key.startsWith(prefix) ? key.slice(prefix.length).split(' ') : [];
  return connection as ConnectionId | undefined;
}

const keyOf = ({ connection, endpoint }: CredentialOwner) => `${prefix}${connection} ${endpoint}`;

function credentialIn(kept: string | undefined): Credential | undefined {
  const value = parsed(kept ?? '');
  if (!isJsonObject(value)) return undefined;
  const text = (key: string) => {
    const found = own(value, key);
    return typeof found === 'string' ? found : undefined;
  };
  const [token, cookie] = [text('token'), text('cookie')];
  switch (own(value, 'kind')) {
    case 'token':
      return token === undefined ? undefined : { kind: 'token', token };
    case 'cookie':
      return cookie === undefined ? undefined : { kind: 'cookie', cookie };
    case 'password':
      return pair('user', 'password', text, (user, password) => ({ kind: 'password', user, password }));
    case 'keys':
      return pair('accessKey', 'secretKey', text, (accessKey, secretKey) => ({
        kind: 'keys',
        accessKey,
        secretKey,
      }));
    default:
      return undefined;
  }
}

/** What two texts make; undefined where one is missing. */
function pair(
  first: string,
  second: string,
  text: (key: string) => string | undefined,
  make: (first: string, second: string) => Credential,
): Credential | undefined {
  const [one, other] = [text(first), text(second)];
  return one === undefined || other === undefined ? undefined : make(one, other);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
