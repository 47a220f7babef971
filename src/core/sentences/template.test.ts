import { describe, expect, it } from 'vitest';
import { sentenceFor, sentenceLike } from './template.ts';

const examples = [
  { say: 'list buckets', means: {} },
  { say: 'stop iris-12', means: { run: 'iris-12' } },
  { say: 'why did iris-12 fail', means: { run: 'iris-12', failure: true } },
  { say: 'compare iris-12 with iris-1', means: { run: 'iris-12', with: 'iris-1' } },
  { say: 'list objects in artifacts/iris/', means: { bucket: 'artifacts', prefix: 'iris/' } },
];

describe('a sentence is worded as an example', () => {
  it.each([
    [{}, 'list buckets'],
    [{ run: 'churn-3' }, 'stop churn-3'],
    [{ run: 'my run' }, 'stop "my run"'],
    [{ run: 'churn-3', failure: true }, 'why did churn-3 fail'],
    [{ run: 'iris-1', with: 'iris-12' }, 'compare iris-1 with iris-12'],
    [{ bucket: 'exports', prefix: 'my data/' }, 'list objects in "exports/my data/"'],
    [{ run: 'churn-3', failure: false }, undefined],
    [{ run: ['churn-3'] }, undefined],
    [{ task: 'train' }, undefined],
  ])('%j', (input, sentence) => {
    expect(sentenceFor(examples, input)).toBe(sentence);
  });
});

describe('a sentence is read as an example', () => {
  const read = (example: Parameters<typeof sentenceLike>[0], text: string, focus = {}) => {
    const { pattern, means } = sentenceLike(example);
    const match = pattern.exec(text);
    return match === null ? undefined : means(match.groups ?? {}, focus);
  };
  const show = { say: 'show model iris-net (v3) of run 12', means: { model: 'iris-net', run: '12', v: 3 } };

  it('with other values in the places of its own', () => {
    const inFocus = { run: 'iris-7' };
    expect(read(show, 'Show model "my net" (v3) of run it', inFocus)).toEqual({
      model: 'my net',
      run: 'iris-7',
      v: 3,
    });
    expect(read(show, 'show model iris-net (v4) of run 12')).toBeUndefined();
    const plain = {
      say: 'keep the best 3 models of iris',
      means: { best: 3, pipeline: 'iris', quiet: true },
    };
    expect(read(plain, 'keep the best 10 models of the churn pipeline')).toEqual({
      best: 10,
      pipeline: 'churn',
      quiet: true,
    });
    expect(read(plain, 'keep the best ten models of churn')).toBeUndefined();
  });

  it('with what is in focus for "it"; what is nowhere is not meant', () => {
    const run = { say: 'promote iris-12', means: { run: 'iris-12' } };
    expect(read(run, 'promote it', { run: 'iris-7' })).toEqual({ run: 'iris-7' });
    const pipeline = { say: 'tune iris', means: { pipeline: 'iris' } };
    expect(read(pipeline, 'tune it', { pipeline: 'churn' })).toEqual({ pipeline: 'churn' });
    expect(read(pipeline, 'tune it')).toBeUndefined();
  });

  it('letter by letter where it has no value', () => {
    expect(read({ say: 'what now? (all)', means: {} }, 'what now? (all)')).toEqual({});
    expect(read({ say: 'what now? (all)', means: {} }, 'what now all')).toBeUndefined();
  });
});
