import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { mainFinding } from '../../../../src/core/diagnosis/renderDiagnosis.ts';
import { diagnoseLife, type WholeLife } from './diagnoseLife.ts';
import { handWritten } from './handWritten.ts';
import { variants } from './variants.ts';

it('written by hand: the error of the run is that of the task that failed first', async () => {
  const later = { phase: 'Failed', finishedAt: '2026-11-21T15:00:00Z' };
  const also = {
    '.root.split-rows': later,
    '.root.split-rows.executor': { ...later, message: 'OOMKilled (exit code 137)' },
  };
  const { diagnosis } = (
    await diagnoseLife(handWritten('two fail', { message: 'main: Error (exit code 3)', also }))
  ).at(-1)!;
  expect(diagnosis.failures.map(({ path }) => path)).toEqual(['train-tree', 'split-rows']);
  expect(diagnosis.run.error).toMatchObject({ task: 'train-tree', message: 'exit code 3' });
});

const folder = path.join(import.meta.dirname, '..', '..', '..', 'recordings', 'kfp', 'lives-by-hand');

/** What the lives in files end with, all in `train-tree`. */
const files = {
  'launcher-fails': ['launcher', /the launcher around it failed: .*code = Unavailable/],
  'missing-artifact': ['missingArtifact', /`train_rows` of `split-rows` is not in the store/],
  'stale-cache-hit': ['staleCache', /taken from the cache, whose result is gone[\s\S]*without the cache/],
  'store-refuses-access': ['permission', /refused access to the object store/],
} as const;

it('written by hand: each file is marked so, and has a diagnosis to expect', () => {
  const names = readdirSync(folder).map((name) => path.basename(name, '.json'));
  expect(names.toSorted()).toEqual(Object.keys(files));
  for (const name of names) expect(lifeIn(name)).toHaveProperty('writtenByHand');
});

it.each(Object.entries(files))('written by hand, in a file: %s', async (name, [cause, words]) => {
  const { text, diagnosis } = (await diagnoseLife(lifeIn(name))).at(-1)!;
  expect(mainFinding(diagnosis)).toMatchObject({ cause, path: 'train-tree' });
  expect(text).toMatch(words);
});

function lifeIn(name: string): WholeLife {
  return JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as WholeLife;
}

it.each(variants)('written by hand: %s', async (name, change, cause, words) => {
  const { text, diagnosis } = (await diagnoseLife(handWritten(name, change))).at(-1)!;
  expect({ ...mainFinding(diagnosis), text }).toMatchObject({ cause, path: 'train-tree' });
  expect(text).toMatch(words);
});
