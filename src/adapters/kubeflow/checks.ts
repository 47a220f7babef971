import { clockFinding } from '../../core/connections/clockFinding.ts';
import type { ConnectionInfo } from '../../core/domain/connection.ts';
import type { SignInKind } from '../../core/domain/signIn.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { ConnectionCheck, Finding } from '../../core/ports/connectionChecks.ts';
import { cancelled, MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import { type Answer, jsonOf, KubeflowApi } from './api.ts';
import { findServer } from './findServer.ts';
import { isTlsFailure, unanswered } from './networkErrors.ts';
import { health, runList } from './schema.ts';
import type { SignIn } from './signIn/signIn.ts';

/** What the checks of a server need. */
export interface KubeflowCheckDeps {
  readonly connection: ConnectionInfo;
  readonly endpoint: string;
  readonly signIn: { readonly kind: SignInKind; readonly sign: SignIn };
  readonly clock: Pick<Clock, 'now'>;
}

const healthz = '/apis/v2beta1/healthz';
const patience = 15_000;

/** What one step leaves for the next. */
interface Seen {
  tls?: MlopsError;
  answer?: Answer;
  severalUsers?: boolean;
}

/** The steps of checking a server of Kubeflow Pipelines. They only read. */
export function kubeflowChecks(deps: KubeflowCheckDeps): readonly ConnectionCheck[] {
  const { connection, endpoint, signIn } = deps;
  const place = { name: connection.name, address: endpoint };
  const api = new KubeflowApi(place, { signIn: signIn.sign });
  const seen: Seen = {};
  return [
    { what: 'address', check: (signal) => address(place, seen, signal) },
    { what: 'certificate', check: async () => certificate(endpoint, seen) },
    { what: 'sign-in', check: (signal) => signedIn(api, deps, seen, signal) },
    { what: 'Pipelines API', check: (signal) => pipelinesApi(api, signIn.sign, seen, signal) },
    { what: 'namespace', check: async () => namespace(connection, seen) },
    { what: 'rights', check: (signal) => rights(api, connection, seen, signal) },
    { what: 'clock', check: async () => clockFinding(seen.answer?.headers.get('date'), deps.clock.now()) },
  ];
}

type Place = KubeflowApi['endpoint'];

/** Whether anything answers. A certificate that is not trusted is a matter of the next step. */
async function address(place: Place, seen: Seen, signal: AbortSignal): Promise<Finding> {
  const late = AbortSignal.timeout(patience);
  const { host } = new URL(place.address);
  try {
    const response = await fetch(`${place.address}${healthz}`, {
      redirect: 'manual',
      signal: AbortSignal.any([signal, late]),
    });
    await response.body?.cancel();
    return { state: 'good', words: `${host} answers.` };
  } catch (error) {
    if (signal.aborted) throw cancelled(error);
    const failure = unanswered(place, late.aborted ? patience : undefined, error);
    if (!isTlsFailure(error)) throw failure;
    seen.tls = failure;
    return { state: 'good', words: `${host} can be reached.` };
  }
}

function certificate(endpoint: string, { tls }: Seen): Finding {
  if (tls !== undefined) throw tls;
  const isOpen = endpoint.startsWith('http:');
  return { state: 'good', words: isOpen ? 'On this machine none is needed.' : 'This machine trusts it.' };
}

async function signedIn(
  api: KubeflowApi,
  { signIn: { kind, sign } }: KubeflowCheckDeps,
  seen: Seen,
  signal: AbortSignal,
): Promise<Finding> {
  try {
    seen.answer = await api.answer({ path: healthz }, signal);
  } catch (error) {
    // What is no question of a sign-in is told by the next step.
    if (!(error instanceof MlopsError) || error.kind !== 'auth') {
      if (error instanceof MlopsError && ['notFound', 'invalid', 'unsupported'].includes(error.kind))
        return { state: 'unknown', words: 'Nothing there asks for one.' };
      throw error;
    }
    const there = await elsewhere(api, sign, signal);
    throw there ?? error;
  }
  return { state: 'good', words: kind === 'none' ? 'None is needed.' : `It works (${kindWords[kind]}).` };
}

const kindWords: { readonly [kind in Exclude<SignInKind, 'none'>]: string } = {
  token: 'a token',
  tokenFile: 'the token of a file',
  password: 'user and password',
  cookie: 'the session of a browser',
};

async function pipelinesApi(
  api: KubeflowApi,
  sign: SignIn,
  seen: Seen,
  signal: AbortSignal,
): Promise<Finding> {
  const told = health.safeParse(jsonOf(seen.answer?.text ?? ''));
  if (!told.success) {
    const there = await elsewhere(api, sign, signal);
    if (there !== undefined) throw there;
    await api.json({ path: healthz }, health, signal);
  }
  const { tag_name: tag = 'unknown', multi_user: severalUsers = false } = told.data ?? {};
  seen.severalUsers = severalUsers;
  const users = severalUsers ? 'for several users' : 'for one user';
  if (tag === 'unknown')
    return { state: 'good', words: `It is Kubeflow Pipelines ${users}; it does not tell its version.` };
  if (isOlder(tag, 2, 5))
    return {
      state: 'wrong',
      words: `It is Kubeflow Pipelines ${tag}, which is too old.`,
      fix: 'Version 2.5 or newer is needed.',
    };
  return { state: 'good', words: `It is Kubeflow Pipelines ${tag} ${users}.` };
}

function isOlder(tag: string, major: number, minor: number): boolean {
  const [, first, second] = /^v?(\d+)\.(\d+)/.exec(tag) ?? [];
  if (first === undefined || second === undefined) return false;
  return Number(first) < major || (Number(first) === major && Number(second) < minor);
}

/** The error that names where the API is instead: below the path that the gateway of Kubeflow gives it, or in an older version. */
async function elsewhere(
  api: KubeflowApi,
  sign: SignIn,
  signal: AbortSignal,
): Promise<MlopsError | undefined> {
  const { name, address: at } = api.endpoint;
  const found = await findServer(name, at, signal, sign).catch(() => undefined);
  if (found !== undefined && !found.asksForSignIn && found.endpoint !== at)
    return new MlopsError('unsupported', `The Pipelines API is not at ${at}.`, {
      hint: `It is at ${found.endpoint}: change the endpoint.`,
    });
  const older = await api.json({ path: '/apis/v1beta1/healthz' }, health, signal).catch(() => undefined);
  if (older?.['commit_sha'] === undefined) return undefined;
  return new MlopsError('unsupported', `${name} is Kubeflow Pipelines 1, which is too old.`, {
    hint: 'Version 2.5 or newer is needed.',
  });
}

function namespace({ namespace: own }: ConnectionInfo, { severalUsers }: Seen): Finding {
  if (severalUsers === true && own === undefined)
    return {
      state: 'wrong',
      words: 'The server is for several users, each with a namespace, and the connection names none.',
      fix: 'Set its namespace in mlops.connections: it is the one that the Kubeflow dashboard shows at the top.',
    };
  if (own === undefined) return { state: 'good', words: 'None is needed.' };
  return { state: 'good', words: `It is ${asName(own)}.` };
}

async function rights(
  api: KubeflowApi,
  { namespace: own }: ConnectionInfo,
  { severalUsers = false }: Seen,
  signal: AbortSignal,
): Promise<Finding> {
  const query = { page_size: '1', ...(severalUsers && own !== undefined ? { namespace: own } : {}) };
  if (severalUsers && own === undefined)
    return { state: 'unknown', words: 'They are asked for once there is a namespace.' };
  try {
    await api.json({ path: '/apis/v2beta1/runs', query }, runList, signal);
  } catch (error) {
    if (!(error instanceof MlopsError) || error.kind !== 'forbidden') throw error;
    throw new MlopsError('forbidden', `You may not list the runs in ${asName(own ?? api.endpoint.name)}.`, {
      outside: error.outside,
      hint: 'Check the spelling of the namespace, or ask its owner to add you.',
      cause: error,
    });
  }
  return severalUsers
    ? { state: 'good', words: 'You may list runs; whether you may start them, the server tells when you do.' }
    : { state: 'good', words: 'Runs can be listed, and the server asks nobody for rights.' };
}
