import { cancelled, MlopsError } from '../../core/ports/mlopsError.ts';
import { KubeflowApi } from './api.ts';
import { health } from './schema.ts';
import { noSignIn, type SignIn } from './signIn/signIn.ts';

/** What is found at an address. */
export interface FoundServer {
  /** Where the Pipelines API is: the address, or the path below it that the gateway of Kubeflow gives the API. */
  readonly endpoint: string;
  /** True when a sign-in is needed before more is known. */
  readonly asksForSignIn: boolean;
  readonly severalUsers: boolean;
}

/**
 * Looks for the Pipelines API at an address and below it. Throws MlopsError where the address cannot be reached; undefined where
 * something else answers.
 */
export async function findServer(
  name: string,
  address: string,
  signal: AbortSignal,
  signIn: SignIn = noSignIn,
): Promise<FoundServer | undefined> {
  const places = address.endsWith('/pipeline') ? [address] : [address, `${address}/pipeline`];
  let asking: FoundServer | undefined;
  for (const endpoint of places) {
    const found = await look(name, endpoint, signal, signIn);
    if (found?.asksForSignIn === false) return found;
    asking ??= found;
  }
  return asking;
}

async function look(
  name: string,
  endpoint: string,
  signal: AbortSignal,
  signIn: SignIn,
): Promise<FoundServer | undefined> {
  const api = new KubeflowApi({ name, address: endpoint }, { signIn });
  try {
    const told = await api.json({ path: '/apis/v2beta1/healthz' }, health, signal);
    if (!isPipelines(told)) return undefined;
    return { endpoint, asksForSignIn: false, severalUsers: told.multi_user === true };
  } catch (error) {
    if (signal.aborted) throw cancelled(error);
    if (!(error instanceof MlopsError)) throw error;
    if (error.kind === 'auth') {
      if (signIn !== noSignIn) throw error;
      return { endpoint, asksForSignIn: true, severalUsers: false };
    }
    if (['unreachable', 'timeout'].includes(error.kind)) throw error;
    return undefined;
  }
}

/** Every field may be left out, but not all of them. */
function isPipelines(told: object): boolean {
  return ['tag_name', 'commit_sha', 'multi_user', 'pipeline_store'].some((key) => Object.hasOwn(told, key));
}
