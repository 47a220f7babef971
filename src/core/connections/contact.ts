import type { SignInKind } from '../domain/signIn.ts';
import type { KubeReach } from './kubeReach.ts';

/** What a connection contacts, reads and runs. */
export interface Contact {
  readonly name: string;
  readonly endpoint: string;
  readonly signIn: SignInKind;
  readonly tokenFile?: string;
  /** The address of its pages for the browser. */
  readonly page?: string;
  /** The name of the connection whose store has its artifacts. */
  readonly store?: string;
  /** The service account of the cluster whose tokens sign in to it. */
  readonly serviceAccount?: string;
  /** The kube context that leads there; without `kubeconfig` the person's own has it. */
  readonly kube?: { readonly context: string; readonly kubeconfig?: string };
}

/** What a yes to a connection of a workspace is for. Another address, sign-in, file or context is not covered. */
export function contactContent({
  endpoint,
  signIn,
  tokenFile = '',
  page = '',
  kube,
  store,
  serviceAccount,
}: Contact): string {
  return JSON.stringify({ endpoint, signIn, tokenFile, page, kube, store, serviceAccount });
}

/** What the yes covers of a kube context, which its kubeconfig may change. */
export function reachContent({
  server,
  command,
  variables,
  files,
  others,
  checksCertificate,
}: KubeReach): string {
  return JSON.stringify({ server, command, variables, files, others, checksCertificate });
}
