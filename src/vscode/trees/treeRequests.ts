import * as vscode from 'vscode';

/** What a command asks of the trees: to read everything again, or the next page under a row. */
export type TreeRequest = { readonly kind: 'refresh' } | { readonly kind: 'more'; readonly id: string };

/** Fired by commands, answered by the sidebar: neither knows the other. */
export const treeRequests = new vscode.EventEmitter<TreeRequest>();
