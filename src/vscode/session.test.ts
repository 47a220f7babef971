import { expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { runRef } from '../../test/fakes/aRun.ts';
import { MemoryObjectStore } from '../../test/fakes/memoryObjectStore.ts';
import { createSession } from './session.ts';

const run = runRef('iris-12');

it('keeps watched runs apart from those of other windows', () => {
  const [first, another] = [createSession({ subscriptions: [] }), createSession({ subscriptions: [] })];
  first.watchedRuns.watch(run);
  expect(first.watchedRuns.isWatched(run)).toBe(true);
  expect(another.watchedRuns.isWatched(run)).toBe(false);
});

it('serves no report to a browser after the extension has ended', async () => {
  const subscriptions: vscode.Disposable[] = [];
  const { pages } = createSession({ subscriptions });
  const store = new MemoryObjectStore().put('artifacts', 'page', '<p>hello</p>');
  const address = await (await pages()).serve(store, { bucket: 'artifacts', key: 'page' });
  expect(await (await fetch(address)).text()).toBe('<p>hello</p>');
  for (const subscription of subscriptions) subscription.dispose();
  await vi.waitFor(() => expect(fetch(address)).rejects.toThrow('fetch failed'));
});
