import * as z from 'zod';
import { errorCode, messageOf, MlopsError, type MlopsErrorKind } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import type { KubeContext } from './kubeconfig.ts';

const status = z.looseObject({ kind: z.literal('Status'), message: z.string().optional() });

/** The API server's own refusal in a text: its sentence. Undefined for any other text. */
export function refusalIn(text: string): string | undefined {
  try {
    const decoded = status.safeParse(JSON.parse(text));
    return decoded.success ? (decoded.data.message ?? '') : undefined;
  } catch {
    return undefined;
  }
}

const kinds = new Map<number, MlopsErrorKind>([
  [400, 'invalid'],
  [401, 'auth'],
  [403, 'forbidden'],
  [404, 'notFound'],
  [409, 'conflict'],
  [410, 'conflict'],
  [422, 'invalid'],
  [429, 'unreachable'],
  [503, 'unreachable'],
  [504, 'unreachable'],
]);

/** The error for an answer of the API server that is no success. */
export function kubeError(context: KubeContext, code: number, text: string): MlopsError {
  const outside = (refusalIn(text) ?? text.split('\n')[0] ?? '').slice(0, 500);
  const kind = kinds.get(code) ?? (code >= 500 ? 'unreachable' : 'internal');
  const cluster = `The cluster of the context ${asName(context.name)}`;
  switch (kind) {
    case 'auth':
      return new MlopsError('auth', `${cluster} does not accept your credentials.`, {
        hint: signIn(context),
      });
    case 'forbidden':
      return new MlopsError('forbidden', `${cluster} does not allow this:`, {
        outside,
        hint: 'Ask whoever runs the cluster for the right to do it.',
      });
    case 'notFound':
      return new MlopsError('notFound', `${cluster} does not have this:`, { outside });
    case 'unreachable':
      return new MlopsError('unreachable', `${cluster} is not available (${code}):`, {
        outside,
        hint: 'Try again in a moment.',
      });
    default:
      return new MlopsError(kind, `${cluster} refused this (${code}):`, { outside });
  }
}

function signIn({ command }: KubeContext): string {
  return command === undefined
    ? 'They may have expired: sign in to the cluster again, as you do for kubectl.'
    : `They come from ${asName(command[0] ?? '')}: sign in with it again, then retry.`;
}

const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/;

/** The error for a cluster that gave no answer. */
export function noAnswer(context: KubeContext, error: unknown): MlopsError {
  const { name, server } = context;
  const code = errorCode(error) ?? '';
  if (certificateCodes.test(code))
    return new MlopsError('unreachable', `The certificate of ${server} is not trusted:`, {
      outside: messageOf(error),
      hint: `Check certificate-authority of the context ${asName(name)} in the kubeconfig.`,
      cause: error,
    });
  return new MlopsError(
    'unreachable',
    `The cluster of the context ${asName(name)} cannot be reached at ${server}.`,
    {
      outside: code === '' ? undefined : `(${code})`,
      hint: 'Check that it runs, the network or VPN, and the server in the kubeconfig.',
      cause: error,
    },
  );
}

/** The library gives the issuer of OpenID Connect to its own library as a text, which takes none. */
const brokenRenewal = 'ERR_INVALID_ARG_TYPE';

/** The error for credentials that could not be got. */
export function noCredentials(context: KubeContext, error: unknown): MlopsError {
  const { name, command } = context;
  const first = (messageOf(error).trim().split('\n')[0] ?? '').slice(0, 300);
  if (command === undefined && errorCode(error) === brokenRenewal)
    return new MlopsError(
      'auth',
      `The OpenID Connect token of the context ${asName(name)} has expired, and it is not renewed from here.`,
      {
        hint: 'kubectl renews it in the kubeconfig: run kubectl get pods once, then try again. A command such as kubelogin in its place renews itself.',
        cause: error,
      },
    );
  if (command === undefined)
    return new MlopsError('auth', `The credentials of the context ${asName(name)} cannot be read:`, {
      outside: first,
      hint: 'Check the user of the context in the kubeconfig.',
      cause: error,
    });
  const missing = errorCode(error) === 'ENOENT';
  return new MlopsError(
    'auth',
    missing
      ? `The command ${asName(command[0] ?? '')}, which gets the credentials of ${asName(name)}, is not on this machine.`
      : `The command ${asName(command[0] ?? '')} gave no credentials for ${asName(name)}:`,
    {
      outside: missing ? undefined : first,
      hint: missing ? 'Install it, or choose another context.' : 'Run it in a terminal to see what it wants.',
      cause: error,
    },
  );
}
