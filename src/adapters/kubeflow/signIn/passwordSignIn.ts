import type { Credential } from '../../../core/domain/signIn.ts';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import { signInByForm } from './passwordForm.ts';
import { notSignedIn, type SignIn, type SignInHeaders } from './signIn.ts';

type Password = Extract<Credential, { readonly kind: 'password' }>;

export interface PasswordDeps {
  readonly server: string;
  /** An address behind the sign-in. */
  readonly address: string;
  readonly read: () => Promise<Password | undefined>;
  readonly now: () => number;
}

/** How long one sign-in may take, in milliseconds. */
const patience = 25_000;

/** Begins a session by the form of the server's sign-in page, and another once that has ended; it is kept in memory. */
export function passwordSignIn(deps: PasswordDeps): SignIn {
  return new PasswordSignIn(deps);
}

class PasswordSignIn implements SignIn {
  readonly #deps: PasswordDeps;
  #session: string | undefined;
  /** The sign-in that is going on, so that several requests begin one session. */
  #going: Promise<string> | undefined;
  /** What the server refused, which is not tried again: it might lock the account. */
  #refused: { readonly credential: string; readonly error: unknown } | undefined;

  constructor(deps: PasswordDeps) {
    this.#deps = deps;
  }

  async headers(): Promise<SignInHeaders> {
    return { cookie: this.#session ?? (await this.#begin()) };
  }

  async renew(used: SignInHeaders): Promise<boolean> {
    if (this.#session === used['cookie']) this.#session = undefined;
    await this.headers();
    return true;
  }

  refused(server: string): MlopsError {
    return new MlopsError('auth', `${server} does not accept the session that it has just begun.`, {
      hint: 'Check that this user may use Kubeflow Pipelines.',
    });
  }

  #begin(): Promise<string> {
    this.#going ??= this.#signIn().finally(() => {
      this.#going = undefined;
    });
    return this.#going;
  }

  async #signIn(): Promise<string> {
    const { server, address, read, now } = this.#deps;
    const credential = await read();
    if (credential === undefined) throw notSignedIn(server);
    const text = JSON.stringify(credential);
    if (this.#refused?.credential === text) throw this.#refused.error;
    const { user, password } = credential;
    try {
      // Others may wait for it, so that no single request cancels it.
      const signal = AbortSignal.timeout(patience);
      this.#session = await signInByForm({ server, address, user, password, now }, signal);
      return this.#session;
    } catch (error) {
      if (error instanceof MlopsError) this.#refused = { credential: text, error };
      throw error;
    }
  }
}
