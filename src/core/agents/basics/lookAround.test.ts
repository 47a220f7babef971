import { expect, it } from 'vitest';
import { aWorld } from '../../../../test/everyday/world.ts';
import { connectionOfObjects } from '../../../../test/fakes/fakeConnections.ts';
import { lookAround } from './lookAround.ts';

const { signal } = new AbortController();

function around(sentence: string) {
  const { backend, store } = aWorld();
  return lookAround({ backend: async () => backend, store: async () => store }, sentence, {}, signal);
}

const read = async (sentence: string) =>
  (await around(sentence))?.pipelines.flatMap(({ name, parameters }) =>
    parameters === undefined ? [] : [name],
  );

it('knows names of pipelines, runs and buckets', async () => {
  const known = await around('list runs');
  expect(known?.pipelines.map(({ name }) => name)).toContain('nightly-ingest');
  expect(known?.runs[0]?.id).toBe('churn-4');
  expect(known).toMatchObject({ buckets: ['artifacts', 'datasets', 'models'], allRuns: true });
});

it.each([
  ['list runs', []],
  ['how did iris-12 do', []],
  ['run iris with max_depth 3', ['churn', 'iris']],
  ['rerun diabetes-svm-6 with C 3', ['churn', 'diabetes-svm']],
  ['show the log of train', ['churn']],
  ['run it with a sigmoid kernel', ['churn', 'diabetes-svm', 'iris', 'nightly-ingest']],
])('for "%s" it reads the parameters and tasks of %j', async (sentence, names) => {
  expect((await read(sentence))?.toSorted()).toEqual(names);
});

it('reads nothing for what is no sentence', async () => {
  expect(await around('list runs '.repeat(200))).toBeUndefined();
});

it('leaves out what cannot be read', async () => {
  const { backend, store } = aWorld();
  const failing = async () => Promise.reject(new Error('gone'));
  backend.listRuns = failing;
  const known = await lookAround({ backend: async () => backend, store: failing }, 'list runs', {}, signal);
  expect(known).toMatchObject({ runs: [], allRuns: false, buckets: [] });
  expect(await lookAround({ backend: failing, store: async () => store }, '', {}, signal)).toBeUndefined();
  const share = await lookAround(connectionOfObjects('Share', store), '', {}, signal);
  expect(share).toMatchObject({ pipelines: [], runs: [], buckets: ['artifacts', 'datasets', 'models'] });
});
