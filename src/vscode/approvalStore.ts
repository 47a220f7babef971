import * as vscode from 'vscode';
import type { Json } from '../core/domain/json.ts';
import type { ApprovalStore } from '../core/ports/compileApprovals.ts';

const key = 'mlops.compileApprovals';

/** Keeps which Python files may be compiled for this workspace, as long as it is trusted. */
export function approvalStore(state: vscode.Memento): ApprovalStore {
  const store: ApprovalStore = {
    read: () => state.get<Json>(key),
    write: (approvals) => void state.update(key, approvals),
  };
  if (!vscode.workspace.isTrusted && store.read() !== undefined) store.write(undefined);
  return store;
}
