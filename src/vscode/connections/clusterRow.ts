import * as os from 'node:os';
import * as path from 'node:path';
import type { Contact } from '../../core/connections/allowQuestion.ts';
import type { ConnectionInfo } from '../../core/domain/connection.ts';
import type { JsonObject } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import { type SignInKind, signInKinds } from '../../core/domain/signIn.ts';
import { expandHome } from '../settingValue.ts';

/** A server of Kubeflow Pipelines as a row of the setting describes it. */
export interface ConfiguredCluster {
  readonly info: ConnectionInfo;
  /** The address of its API, without a slash at the end. */
  readonly endpoint: string;
  readonly signIn: SignInKind;
  /** The file of a token, absolute. */
  readonly tokenFile?: string;
  /** Whose pipelines and runs are meant, on a server for several users. */
  readonly namespace?: string;
  /** The address of its Pipelines UI, where that is not at the endpoint. */
  readonly page?: string;
  /** True for one of the workspace's settings, which is contacted only after a yes. */
  readonly fromWorkspace?: boolean;
}

/** What a yes to a connection is for. */
export function contactOf({ info: { name }, endpoint, signIn, tokenFile, page }: ConfiguredCluster): Contact {
  return {
    name,
    endpoint,
    signIn,
    ...(tokenFile === undefined ? {} : { tokenFile }),
    ...(page === undefined ? {} : { page }),
  };
}

/** What a row of the kind `kubeflow` says beside its name. */
export type ClusterRow = Omit<ConfiguredCluster, 'info' | 'fromWorkspace'> &
  Pick<ConnectionInfo, 'protectedNamespaces'>;

export const clusterWants = 'it needs a name and an endpoint with https, or with http on this machine';

/** Reads a row; the text says what is wrong with it. */
export function readClusterRow(row: JsonObject): ClusterRow | string {
  const endpoint = endpointIn(own(row, 'endpoint'));
  if (endpoint === undefined) return clusterWants;
  const signIn = own(row, 'signIn') ?? 'none';
  if (!isSignIn(signIn)) return `its signIn is none of ${signInKinds.join(', ')}`;
  const tokenFile = signIn === 'tokenFile' ? textIn(row, 'tokenFile') : undefined;
  if (signIn === 'tokenFile' && tokenFile === undefined)
    return 'it needs the tokenFile that it signs in with';
  const protectedNamespaces = own(row, 'protectedNamespaces') ?? [];
  // Protection that cannot be read must not look like none.
  if (!isListOfTexts(protectedNamespaces)) return 'its protectedNamespaces are no list of names';
  const page = endpointIn(own(row, 'page'));
  return {
    endpoint,
    signIn,
    ...(tokenFile !== undefined && { tokenFile: path.resolve(os.homedir(), expandHome(tokenFile)) }),
    ...namespaceIn(row),
    ...(page !== undefined && { page }),
    ...(protectedNamespaces.length > 0 && { protectedNamespaces }),
  };
}

function namespaceIn(row: JsonObject): Pick<ClusterRow, 'namespace'> {
  const namespace = textIn(row, 'namespace') ?? '';
  return /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace) ? { namespace } : {};
}

function isSignIn(value: unknown): value is SignInKind {
  return signInKinds.some((kind) => kind === value);
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function textIn(row: JsonObject, key: string): string | undefined {
  const value = own(row, key);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** An address that nobody on the way can read or change, without a login in it. */
export function endpointIn(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value.trim())) return undefined;
  const { protocol, hostname, username, password, origin, pathname } = new URL(value.trim());
  const loopback = hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
  const allowed = protocol === 'https:' || (protocol === 'http:' && loopback);
  if (!allowed || username !== '' || password !== '') return undefined;
  return `${origin}${pathname}`.replace(/\/+$/, '');
}
