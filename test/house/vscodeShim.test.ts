import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as vscode from 'vscode';

describe('the shim of the editor API', () => {
  it('is the same module for our code and for packages that require it', () => {
    const required = createRequire(import.meta.url)('vscode') as typeof vscode;
    expect(required.Uri).toBe(vscode.Uri);
  });

  it('round-trips a Uri', () => {
    const uri = vscode.Uri.parse('file:///home/ada/a%20b.yaml#L3');
    expect(uri.fsPath).toBe('/home/ada/a b.yaml');
    expect(uri.toString()).toBe('file:///home/ada/a%20b.yaml#L3');
  });

  it('cancels a token once', () => {
    const source = new vscode.CancellationTokenSource();
    let times = 0;
    source.token.onCancellationRequested(() => times++);
    source.cancel();
    source.cancel();
    expect([times, source.token.isCancellationRequested]).toEqual([1, true]);
  });
});
