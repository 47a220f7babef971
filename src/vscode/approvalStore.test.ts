import { expect, it } from 'vitest';
import type { Memento } from 'vscode';
import { approvalStore } from './approvalStore.ts';

it('approvals survive reloads until the workspace is opened without trust', () => {
  const held = new Map<string, unknown>();
  const state = {
    keys: () => [...held.keys()],
    get: <T>(key: string) => held.get(key) as T | undefined,
    update: async (key: string, value: unknown) => void held.set(key, value),
  } as Memento;
  approvalStore(state, true).write({ files: [] });
  expect(approvalStore(state, true).read()).toEqual({ files: [] });
  expect(approvalStore(state, false).read()).toBeUndefined();
  expect(approvalStore(state, true).read()).toBeUndefined();
});
