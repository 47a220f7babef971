import * as z from 'zod';
import { MlopsError, type MlopsErrorKind } from '../../core/ports/mlopsError.ts';
import type { Endpoint } from './endpoint.ts';

const refusal = z.looseObject({
  code: z.number().optional(),
  message: z.string().optional(),
  error_message: z.string().optional(),
});

/** What a server's own sentence says about the cause when it answers 500 to a mistake in the request. */
const inside: readonly (readonly [RegExp, MlopsErrorKind])[] = [
  [/Duplicate entry/, 'conflict'],
  [/ResourceNotFoundError/, 'notFound'],
  [
    /Invalid input error|InvalidInputError|Failed to compile|Failed to validate workflow|is invalid/,
    'invalid',
  ],
  [/Incorrect string value|Data too long/, 'invalid'],
];

const byStatus: { readonly [status: number]: MlopsErrorKind } = {
  400: 'invalid',
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  429: 'unreachable',
  501: 'unsupported',
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
};

/** The error for an answer that is no success. */
export function apiError(endpoint: Endpoint, status: number, text: string): MlopsError {
  const outside = sentenceIn(text);
  const kind = kindOf(status, outside);
  const hint = hintFor(kind, status, outside);
  return new MlopsError(kind, wordsFor(endpoint, kind, status), { outside, hint });
}

function kindOf(status: number, outside: string): MlopsErrorKind {
  if (status === 500) return inside.find(([words]) => words.test(outside))?.[1] ?? 'internal';
  return byStatus[status] ?? (status >= 500 ? 'unreachable' : 'invalid');
}

function wordsFor({ name }: Endpoint, kind: MlopsErrorKind, status: number): string {
  switch (kind) {
    case 'forbidden':
      return `${name} does not allow this.`;
    case 'notFound':
      return `${name} does not have this.`;
    case 'unreachable':
      return status === 429 ? `${name} gets too many requests.` : `${name} is not available (${status}).`;
    case 'internal':
      return `${name} failed (${status}).`;
    default:
      return `${name} refused this.`;
  }
}

function hintFor(kind: MlopsErrorKind, status: number, outside: string): string | undefined {
  if (/Incorrect string value/.test(outside))
    return 'Its database takes no emoji and no other characters beyond three bytes: leave them out.';
  switch (kind) {
    case 'forbidden':
      return 'Ask whoever runs the cluster for the right to do it.';
    case 'unreachable':
      return status === 429 ? 'Try again in a minute.' : 'Try again in a moment; it may be starting.';
    case 'internal':
      return 'Try again; if it stays so, the log of the server (ml-pipeline) says more.';
    default:
      return undefined;
  }
}

/** The server's own sentence: of its two shapes of refusals, or the beginning of other text. */
function sentenceIn(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text.trimStart().startsWith('<') ? '' : firstLine(text);
  }
  const decoded = refusal.safeParse(value);
  return decoded.success ? firstLine(decoded.data.message ?? decoded.data.error_message ?? '') : '';
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 500);
}

/** The error for an answer that no Pipelines server gives. */
export function notKubeflow({ name, address }: Endpoint, text: string): MlopsError {
  if (text.trimStart().startsWith('<'))
    return new MlopsError('auth', `${name} answers with a web page, which may be a sign-in.`, {
      hint: 'Check the address: MLOps: Check connection says more.',
    });
  return new MlopsError('unsupported', `What ${name} answered is not from Kubeflow Pipelines.`, {
    hint: `Check the endpoint in the setting mlops.connections: ${address}.`,
  });
}
