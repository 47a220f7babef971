import { expect, it } from 'vitest';
import { withoutFrames } from './frames.ts';

it.each([
  ['Could you please run iris for me? Thanks!', 'run iris'],
  ["I'd like to see the runs", 'see the runs'],
  ['kannst du bitte iris starten', 'iris starten'],
  ['do you know if iris-12 failed', 'iris-12 failed'],
  ['run me through iris', 'explain iris'],
  ['kick off churn', 'start churn'],
  ['set C to 10 and run diabetes-svm', 'run diabetes-svm with C to 10'],
  ['run iris. Then show me its log.', 'run iris'],
  ['Let me know once churn-4 ended', 'wait until churn-4 ended'],
  ['keep an eye on Churn-4', 'watch Churn-4'],
])('"%s" wants "%s"', (sentence, wanted) => {
  expect(withoutFrames(sentence)).toBe(wanted);
});

it.each(['if iris-12 is bad, delete it', 'should I run iris', "don't run iris", 'let it run'])(
  '"%s" stays as it is',
  (sentence) => {
    expect(withoutFrames(sentence)).toBe(sentence);
  },
);
