import { expect, test } from 'vitest';
import type { RunId } from '../core/domain/run.ts';
import { batchChanges } from './batchChanges.ts';

const named = (...ids: readonly string[]) => ({ kind: 'runs', runs: ids as readonly RunId[] }) as const;

function listening() {
  const read: string[] = [];
  const change = batchChanges({
    everything: async () => void read.push('everything'),
    runs: async (ids) => void read.push(ids.join(' ')),
  });
  return { read, change };
}

test('changes that arrive during a read are handled together, each run once', async () => {
  const { read, change } = listening();
  await Promise.all([change(named('a')), change(named('b', 'c')), change(named('c'))]);
  expect(read).toEqual(['a', 'b c']);
});

test('a change of the whole list, or of very many runs, counts as a change of everything', async () => {
  const { read, change } = listening();
  await change({ kind: 'runs' });
  await change({ kind: 'pipelines' });
  await change(named(...Array.from({ length: 21 }, (_, index) => `run-${index}`)));
  await change(named('a'));
  expect(read).toEqual(['everything', 'everything', 'everything', 'a']);
});
