import type * as vscode from 'vscode';
import { type Contact, contactContent } from '../../core/connections/allowQuestion.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';

/** Which connections of this workspace the person has allowed, as they were then. */
export interface AllowedConnections {
  has(id: ConnectionId, contact: Contact): boolean;
  allow(id: ConnectionId, contact: Contact): void;
}

const key = 'mlops.allowedConnections';

/** Kept by the editor for this workspace, where files of the workspace have no say. */
export function allowedConnections(state: vscode.Memento): AllowedConnections {
  const read = (): JsonObject => {
    const kept = state.get<Json>(key);
    return isJsonObject(kept) ? kept : {};
  };
  return {
    has: (id, contact) => own(read(), id) === contactContent(contact),
    allow: (id, contact) => void state.update(key, { ...read(), [id]: contactContent(contact) }),
  };
}
