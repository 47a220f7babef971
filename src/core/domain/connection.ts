import type { Brand } from './brand.ts';

export type ConnectionId = Brand<'ConnectionId'>;

/** What the machine is called that the editor runs on. */
export const thisMachine = 'This machine';

/** Where things run and are stored. `thisMachine` always exists. */
export interface Connection {
  readonly id: ConnectionId;
  readonly kind: 'thisMachine' | 'kubeflow';
  /** What people see: "This machine", or the remote machine's name over SSH. */
  readonly name: string;
  readonly readOnly: boolean;
}
