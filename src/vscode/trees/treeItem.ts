import * as vscode from 'vscode';
import type { Row } from './row.ts';
import type { Target } from '../target.ts';

/** The editor's handle of a row, and the argument of a menu's command; the same object as long as the row exists. */
export interface TreeNode {
  readonly id: string;
  readonly target: Target | undefined;
}

const expansions = {
  never: vscode.TreeItemCollapsibleState.None,
  closed: vscode.TreeItemCollapsibleState.Collapsed,
  open: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** A row as the editor draws it; its tooltip is added on request. */
export function toTreeItem(row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, expansions[row.expand]);
  item.id = row.id;
  item.accessibilityInformation = { label: row.spoken };
  if (row.description !== undefined) item.description = row.description;
  if (row.context !== undefined) item.contextValue = row.context;
  if (row.click !== undefined) {
    const { target = row.target, ...command } = row.click;
    item.command = { ...command, arguments: [target] };
  }
  if (row.icon !== undefined) {
    const { id, color } = row.icon;
    item.iconPath = new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
  }
  return item;
}
