import * as os from 'node:os';
import * as path from 'node:path';
import type { Contact } from '../../core/connections/contact.ts';
import type { ConnectionInfo } from '../../core/domain/connection.ts';
import type { JsonObject } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import { type SignInKind, signInKinds } from '../../core/domain/signIn.ts';
import { expandHome } from '../settingValue.ts';

/** A context of a kubeconfig as a row of the setting names it. */
export interface KubeRow {
  readonly context: string;
  /** Absolute; left out: the person's own. */
  readonly kubeconfig?: string;
}

/** Any address does there: the tunnel leads to the right server. */
const insideCluster = 'http://localhost';

/** Where a connection leads to, as people know it. */
export function whereOf({ endpoint, kube }: ConfiguredCluster): string {
  return kube === undefined ? endpoint : `kube context ${kube.context}`;
}

/** A server of Kubeflow Pipelines as a row of the setting describes it. */
export interface ConfiguredCluster {
  readonly info: ConnectionInfo;
  /** The address of its API, without a slash at the end. */
  readonly endpoint: string;
  /** The kube context that leads to it, from inside of which the endpoint is meant. */
  readonly kube?: KubeRow;
  readonly signIn: SignInKind;
  /** The file of a token, absolute. */
  readonly tokenFile?: string;
  /** The service account that signs in to the Pipelines API, by a kube context. */
  readonly serviceAccount?: string;
  /** Whose pipelines and runs are meant, on a server for several users. */
  readonly namespace?: string;
  /** The address of its Pipelines UI, where that is not at the endpoint. */
  readonly page?: string;
  /** The connection whose store holds its artifacts; left out: the store in the cluster of its kube context. */
  readonly storeName?: string;
  /** True for one of the workspace's settings, which is contacted only after a yes. */
  readonly fromWorkspace?: boolean;
}

/** What a yes to a connection is for. */
export function contactOf(cluster: ConfiguredCluster): Contact {
  const { info, endpoint, signIn, tokenFile, page, kube, storeName, serviceAccount } = cluster;
  return {
    name: info.name,
    endpoint,
    signIn,
    ...(kube === undefined ? {} : { kube }),
    ...(tokenFile === undefined ? {} : { tokenFile }),
    ...(page === undefined ? {} : { page }),
    ...(storeName === undefined ? {} : { store: storeName }),
    ...(serviceAccount === undefined ? {} : { serviceAccount }),
  };
}

/** What a row of the kind `kubeflow` says beside its name. */
export type ClusterRow = Omit<ConfiguredCluster, 'info' | 'fromWorkspace'> &
  Pick<ConnectionInfo, 'protectedNamespaces'>;

export const clusterWants =
  'it needs a name and either a kube context or an endpoint with https, or with http on this machine';

/** Reads a row; the text says what is wrong with it. */
export function readClusterRow(row: JsonObject): ClusterRow | string {
  const reached = reachIn(row);
  if (reached === undefined) return clusterWants;
  const signIn = signInIn(row);
  if (!isSignIn(signIn)) return `its signIn is none of ${signInKinds.join(', ')}`;
  const tokenFile = signIn === 'tokenFile' ? textIn(row, 'tokenFile') : undefined;
  if (signIn === 'tokenFile' && tokenFile === undefined)
    return 'it needs the tokenFile that it signs in with';
  const protectedNamespaces = own(row, 'protectedNamespaces') ?? [];
  // Protection that cannot be read must not look like none.
  if (!isListOfTexts(protectedNamespaces)) return 'its protectedNamespaces are no list of names';
  const page = endpointIn(own(row, 'page'));
  const storeName = textIn(row, 'store');
  return {
    ...reached,
    signIn,
    ...(tokenFile !== undefined && { tokenFile: path.resolve(os.homedir(), expandHome(tokenFile)) }),
    ...namespaceIn(row),
    ...(page !== undefined && { page }),
    ...(storeName !== undefined && { storeName }),
    ...(protectedNamespaces.length > 0 && { protectedNamespaces }),
  };
}

/** Kubernetes signs in to a cluster. */
function signInIn(row: JsonObject): unknown {
  return kubeIn(row) === undefined ? (own(row, 'signIn') ?? 'none') : 'none';
}

/** An endpoint or a kube context; undefined for neither and for both. */
function reachIn(row: JsonObject): Pick<ClusterRow, 'endpoint' | 'kube' | 'serviceAccount'> | undefined {
  const kube = kubeIn(row);
  if (kube !== undefined)
    return own(row, 'endpoint') === undefined
      ? { endpoint: insideCluster, kube, ...accountIn(row) }
      : undefined;
  const endpoint = endpointIn(own(row, 'endpoint'));
  return endpoint === undefined ? undefined : { endpoint };
}

function kubeIn(row: JsonObject): KubeRow | undefined {
  const [context, kubeconfig] = [textIn(row, 'context'), textIn(row, 'kubeconfig')];
  if (context === undefined) return undefined;
  const file =
    kubeconfig === undefined ? {} : { kubeconfig: path.resolve(os.homedir(), expandHome(kubeconfig)) };
  return { context, ...file };
}

function accountIn(row: JsonObject): Pick<ClusterRow, 'serviceAccount'> {
  const account = textIn(row, 'serviceAccount') ?? '';
  return isKubeName(account) ? { serviceAccount: account } : {};
}

const isKubeName = (text: string) => /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(text);

function namespaceIn(row: JsonObject): Pick<ClusterRow, 'namespace'> {
  const namespace = textIn(row, 'namespace') ?? '';
  return isKubeName(namespace) ? { namespace } : {};
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
