import type * as vscode from 'vscode';
import type { Json } from '../core/domain/json.ts';
import type { ApprovalStore } from '../core/ports/compileApprovals.ts';

const key = 'mlops.compileApprovals';

/** Keeps the approvals to compile for this workspace. They are deleted when trust is withdrawn. */
export function approvalStore(state: vscode.Memento, trusted: boolean): ApprovalStore {
  const store: ApprovalStore = {
    read: () => state.get<Json>(key),
    write: (approvals) => void state.update(key, approvals),
  };
  if (!trusted && store.read() !== undefined) store.write(undefined);
  return store;
}
