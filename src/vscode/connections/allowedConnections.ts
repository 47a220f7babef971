import type * as vscode from 'vscode';
import { type Contact, contactContent, reachContent } from '../../core/connections/contact.ts';
import type { KubeReach } from '../../core/connections/kubeReach.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';

/** Which connections of this workspace the person has allowed, as they were then. */
export interface AllowedConnections {
  has(id: ConnectionId, contact: Contact): boolean;
  /** Whether the kube context of an allowed connection still leads to where it did. */
  leadsTo(id: ConnectionId, reach: KubeReach): boolean;
  /** `reach` is where its kube context leads to. */
  allow(id: ConnectionId, contact: Contact, reach?: KubeReach): void;
  withdraw(id: ConnectionId): void;
}

const key = 'mlops.allowedConnections';

/** Kept by the editor for this workspace, where files of the workspace have no say. */
export function allowedConnections(state: vscode.Memento): AllowedConnections {
  const read = (): JsonObject => {
    const kept = state.get<Json>(key);
    return isJsonObject(kept) ? kept : {};
  };
  return {
    has: (id, contact) => partOf(own(read(), id), 'contact') === contactContent(contact),
    leadsTo: (id, reach) => partOf(own(read(), id), 'reach') === reachContent(reach),
    allow: (id, contact, reach) => {
      const allowed = {
        contact: contactContent(contact),
        ...(reach === undefined ? {} : { reach: reachContent(reach) }),
      };
      void state.update(key, { ...read(), [id]: allowed });
    },
    withdraw: (id) => {
      const { [id]: _withdrawn, ...others } = read();
      void state.update(key, others);
    },
  };
}

function partOf(allowed: Json | undefined, part: 'contact' | 'reach'): Json | undefined {
  return isJsonObject(allowed) ? own(allowed, part) : undefined;
}
