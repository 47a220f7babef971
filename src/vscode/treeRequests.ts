import * as vscode from 'vscode';

/** What a command asks of the trees: to read everything again, the next page under a row, or to select a row. */
export type TreeRequest =
  | { readonly kind: 'refresh' }
  | { readonly kind: 'more'; readonly id: string }
  | { readonly kind: 'select'; readonly id: string };

/** Fired by commands, answered by the sidebar: neither knows the other. */
export const treeRequests = new vscode.EventEmitter<TreeRequest>();
