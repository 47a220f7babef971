import * as vscode from 'vscode';
import { scheme } from '../uris.ts';
import type { Row, RowIcon, Target } from './row.ts';

/** What the editor holds of a row, and what a menu's command gets: it stays the same object as long as the row is there. */
export interface TreeNode {
  readonly id: string;
  readonly target: Target | undefined;
}

const expansions = {
  never: vscode.TreeItemCollapsibleState.None,
  closed: vscode.TreeItemCollapsibleState.Collapsed,
  open: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** A row as the editor draws it. */
export function toTreeItem(row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, expansions[row.expand]);
  item.id = row.id;
  item.accessibilityInformation = { label: row.spoken };
  if (row.description !== undefined) item.description = row.description;
  if (row.context !== undefined) item.contextValue = row.context;
  if (row.tooltip !== undefined) item.tooltip = new vscode.MarkdownString(row.tooltip);
  if (row.click !== undefined) item.command = { ...row.click, arguments: [row.target] };
  if (row.icon !== undefined) setIcon(item, row.icon);
  return item;
}

function setIcon(item: vscode.TreeItem, icon: RowIcon): void {
  if (icon.kind === 'codicon') {
    const color = icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color);
    item.iconPath = new vscode.ThemeIcon(icon.id, color);
    return;
  }
  // The icon theme goes by the name. The label and description stay ours.
  item.iconPath = icon.kind === 'file' ? vscode.ThemeIcon.File : vscode.ThemeIcon.Folder;
  item.resourceUri = vscode.Uri.from({ scheme, path: `/${icon.name}` });
}
