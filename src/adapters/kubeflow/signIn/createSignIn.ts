import type { Credential, SignInKind } from '../../../core/domain/signIn.ts';
import { passwordSignIn } from './passwordSignIn.ts';
import { noSignIn, type SignIn } from './signIn.ts';
import { cookieSignIn, tokenFileSignIn, tokenSignIn } from './tokenSignIn.ts';

/** How a connection signs in, and where its credential is. */
export interface SignInOptions {
  readonly server: string;
  /** The address of the Pipelines API. */
  readonly endpoint: string;
  readonly kind: SignInKind;
  readonly tokenFile?: string;
  readonly credential: () => Promise<Credential | undefined>;
  readonly now: () => number;
}

/** The sign-in of a connection. A credential of another kind than the connection's counts as none. */
export function createSignIn({
  server,
  endpoint,
  kind,
  tokenFile = '',
  credential,
  now,
}: SignInOptions): SignIn {
  switch (kind) {
    case 'none':
      return noSignIn;
    case 'tokenFile':
      return tokenFileSignIn(server, tokenFile, now);
    case 'token':
      return tokenSignIn(
        server,
        async () => {
          const kept = await credential();
          return kept?.kind === 'token' ? kept.token : undefined;
        },
        now,
      );
    case 'cookie':
      return cookieSignIn(server, async () => {
        const kept = await credential();
        return kept?.kind === 'cookie' ? kept.cookie : undefined;
      });
    case 'password':
      return passwordSignIn({
        server,
        address: `${endpoint}/apis/v2beta1/healthz`,
        now,
        read: async () => {
          const kept = await credential();
          return kept?.kind === 'password' ? kept : undefined;
        },
      });
  }
}
