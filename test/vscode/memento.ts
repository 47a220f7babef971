import type * as vscode from 'vscode';

/** What a workspace keeps, in memory. */
export function memento(kept: { readonly [key: string]: unknown } = {}): vscode.Memento {
  const held = new Map(Object.entries(kept));
  return {
    keys: () => [...held.keys()],
    get: <T>(key: string, fallback?: T) => (held.get(key) as T | undefined) ?? fallback,
    update: async (key: string, value: unknown) => void held.set(key, value),
  } as vscode.Memento;
}
