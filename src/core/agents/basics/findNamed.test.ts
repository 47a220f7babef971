import { expect, it } from 'vitest';
import { aRun } from '../../../../test/fakes/aRun.ts';
import { aWorld } from '../../../../test/everyday/world.ts';
import { findNamed } from './findNamed.ts';
import { lookAround } from './lookAround.ts';
import { readWords } from './readWords.ts';

const { backend, store } = aWorld();
backend.addPipeline({ name: 'log', displayName: 'Weekly Log Report' });
backend.addPipeline({ name: 'nightly-cleanup' });
backend.addRun(aRun({ id: 'iris-200', name: 'big one' }));

async function named(sentence: string) {
  const connection = { backend: async () => backend, store: async () => store };
  // An order, so that parameters and tasks are known.
  const known = await lookAround(connection, 'run iris', {}, new AbortController().signal);
  return (
    known &&
    findNamed(readWords(sentence), known).map((one) => [one.kind, 'name' in one ? one.name : one.key])
  );
}

it.each([
  ['run the Diabetes SVM', [['pipeline', 'diabetes-svm']]],
  ['the ingest', [['pipeline', 'nightly-ingest']]],
  ['the nightly thing', []],
  ['run chrun', [['pipeline', 'churn']]],
  ['the weekly log report', [['pipeline', 'log']]],
  ['show the log', []],
  ['the log pipeline', [['pipeline', 'log']]],
  [
    'iris12 and iris 11',
    [
      ['run', 'iris-12'],
      ['run', 'iris-11'],
    ],
  ],
  ['run 200', [['run', 'iris-200']]],
  ['how did big one do', [['run', 'iris-200']]],
  [
    'evaluation of max depth',
    [
      ['task', 'evaluate'],
      ['parameter', 'max_depth'],
    ],
  ],
  [
    'models/churn/card.md in models',
    [
      ['path', 'churn/card.md'],
      ['bucket', 'models'],
    ],
  ],
])('"%s" names %j', async (sentence, things) => {
  expect(await named(sentence)).toEqual(things);
});
