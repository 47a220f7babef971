import { expect, it } from 'vitest';
import { readWords } from './readWords.ts';

const texts = (sentence: string) => readWords(sentence).map(({ text }) => text);

it.each([
  ['Show me the runs!', ['show', 'me', 'the', 'runs']],
  ['run iris, max_depth=3', ['run', 'iris', 'max_depth', '=', '3']],
  ["what's in iris-12's log?", ['what', 'in', 'iris-12', 'log']],
  ['lösche bitte iris-12.', ['loesche', 'bitte', 'iris-12']],
  ['test_size .25', ['test_size', '.25']],
])('the words of "%s"', (sentence, words) => {
  expect(texts(sentence)).toEqual(words);
});

it('keeps what is quoted together, as it was written', () => {
  expect(readWords('find "Key Error" in it')[1]).toEqual({
    raw: 'Key Error',
    text: 'key error',
    quoted: true,
  });
});
