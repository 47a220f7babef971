import { errorCode, MlopsError } from '../../core/ports/mlopsError.ts';
import type { Endpoint } from './endpoint.ts';

/** Why no answer came: what is wrong, and what to do. */
interface Cause {
  readonly codes: RegExp;
  readonly words: (endpoint: Endpoint) => string;
  readonly hint: string;
}

const host = ({ address }: Endpoint) => new URL(address).host;

const causes: readonly Cause[] = [
  {
    codes: /^(?:ENOTFOUND|EAI_AGAIN)$/,
    words: (endpoint) => `${endpoint.name} cannot be reached: no machine is known as ${host(endpoint)}.`,
    hint: 'Check the spelling of the address, the VPN and the name server.',
  },
  {
    codes: /^ECONNREFUSED$/,
    words: (endpoint) => `${endpoint.name} cannot be reached at ${endpoint.address}.`,
    hint: 'Nothing answers there: check that the server runs, that a port-forward to it is still open, and the port.',
  },
  {
    codes: /^(?:EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/,
    words: (endpoint) => `${endpoint.name} cannot be reached at ${endpoint.address}.`,
    hint: 'No way leads there: check the network, the VPN and firewalls.',
  },
  {
    codes: /^CERT_HAS_EXPIRED$/,
    words: ({ name }) => `The certificate of ${name} has expired.`,
    hint: 'Whoever runs the server has to renew it; check the clock of this machine, too.',
  },
  {
    codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    words: (endpoint) => `The certificate of ${endpoint.name} is not for ${host(endpoint)}.`,
    hint: 'Use the name that the certificate is for.',
  },
  {
    codes: /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/,
    words: ({ name }) => `This machine does not trust the certificate of ${name}.`,
    hint: 'Add the authority that signed it to the certificates of the system, or name its file in NODE_EXTRA_CA_CERTS and start the editor anew.',
  },
  {
    codes: /^(?:ERR_SSL_\w+|EPROTO)$/,
    words: (endpoint) => `${endpoint.name} does not speak TLS at ${host(endpoint)}.`,
    hint: 'Check the port, and whether the address begins with http.',
  },
];

/** The error for a request that got no answer; `after` is how long it was waited for, where that was the reason. */
export function unanswered(endpoint: Endpoint, after: number | undefined, cause: unknown): MlopsError {
  if (after !== undefined)
    return new MlopsError('timeout', `${endpoint.name} did not answer within ${after / 1000} s.`, {
      hint: 'It may be busy: try again in a moment.',
      cause,
    });
  if (endpoint.where !== undefined)
    return new MlopsError('unreachable', `The connection to ${endpoint.name} ${endpoint.where} broke.`, {
      hint: 'Try again: it is opened anew.',
      cause,
    });
  const code = codeOf(cause) ?? '';
  const known = causes.find(({ codes }) => codes.test(code));
  return new MlopsError(
    'unreachable',
    known?.words(endpoint) ?? `${endpoint.name} cannot be reached at ${endpoint.address}.`,
    {
      hint:
        known?.hint ??
        'Check that the server runs, that a port-forward to it is still open, and the endpoint in the setting mlops.connections.',
      cause,
    },
  );
}

/** True when a server was reached, and a secure connection with it was not. */
export function isTlsFailure(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return /CERT|ERR_SSL|ERR_TLS|^EPROTO$|UNABLE_TO_/.test(code);
}

/** The system's code, which `fetch` keeps in the cause of its error, or in one of several. */
function codeOf(error: unknown): string | undefined {
  const own = errorCode(error);
  if (own !== undefined) return own;
  if (error instanceof AggregateError) return error.errors.map(codeOf).find(Boolean);
  return error instanceof Error && error.cause !== undefined ? codeOf(error.cause) : undefined;
}
