import type { Brand } from './brand.ts';

export type ConnectionId = Brand<'ConnectionId'>;

/** The connection that always exists. Stored things that name no connection belong to it: once it was the only one. */
export const thisMachine = 'this-machine' as ConnectionId;

/** The name of the machine that the editor runs on. */
export const thisMachineName = 'This machine';

/** Where things run and are stored, as people and policies see it. */
export interface ConnectionInfo {
  readonly id: ConnectionId;
  readonly kind: 'thisMachine' | 'folder' | 'kubeflow' | 's3';
  /** What people see: "This machine", or the remote machine's name over SSH. */
  readonly name: string;
  readonly readOnly: boolean;
  /** The namespace that its runs are in, where it is known. */
  readonly namespace?: string;
  /** Namespaces in which nothing is changed; a star stands for any end (`prod-*`). */
  readonly protectedNamespaces?: readonly string[];
  /** What it offers, in a sentence: "Pipelines run on this machine; nothing but Python is needed." */
  readonly about: string;
  /** Set where it keeps pipelines with versions, and experiments, of its own. */
  readonly keeps?: true;
}
