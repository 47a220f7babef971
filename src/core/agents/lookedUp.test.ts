import { describe, expect, it } from 'vitest';
import { basicsHelp, notUnderstood } from './basics/help.ts';
import { tools } from '../tools/table.ts';
import { hasUnknownFacts } from './lookedUp.ts';

describe('an answer without a call', () => {
  it.each([
    'Run 99 succeeded with accuracy 0.91.',
    'The best one is `diabetes-svm-4`.',
    'Its precision was 93 %.',
    'runs 3 and 4 failed',
  ])('claims something in "%s"', (answer) => {
    expect(hasUnknownFacts(answer, 'which one is best?')).toBe(true);
  });

  it.each([
    'Precision is the part of hits among what was found.',
    'A learning rate of 0.05 is worth a try.',
    'Python 3.11 and kfp 2.7 are fine, in `utf-8`.'.replace(' in `utf-8`', ''),
    'Try this:\n\n```python\naccuracy = 0.95\n```',
    'I can list runs and pipelines.',
    'As said, `iris-12` had an accuracy of 0.97.',
  ])('claims nothing new in "%s"', (answer) => {
    expect(hasUnknownFacts(answer, 'iris-12 succeeded with accuracy **0.97**')).toBe(false);
  });

  it('claims nothing where MLOps Basics gives examples', () => {
    const given = tools
      .flatMap((tool) => [tool.modelDescription, ...tool.examples.map(({ say }) => say)])
      .join('\n');
    expect(hasUnknownFacts(basicsHelp(tools), given)).toBe(false);
    expect(hasUnknownFacts(notUnderstood('x', {}, undefined, tools), `x\n${given}`)).toBe(false);
  });
});
