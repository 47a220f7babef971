import { describe, expect, it } from 'vitest';
import { named } from '../domain/question.ts';
import { skippedShown, skippedText } from '../tools/errorText.ts';
import { askedText, type Deed, doneLine } from './doneLine.ts';

const ran: Deed = {
  how: 'done',
  tool: 'mlops_run_pipeline',
  what: 'Ran `iris-17` (failed)',
  result: '**`iris-17` failed** after 8 s.',
};
const skipped: Deed = {
  how: 'skipped',
  tool: 'mlops_delete_runs',
  what: 'delete `iris-1`',
  result: skippedText,
};
const refused: Deed = {
  how: 'refused',
  tool: 'mlops_run_pipeline',
  what: 'run a pipeline',
  result: 'No such pipeline.',
};

describe('the line under an answer', () => {
  it('says what was done and what was skipped, whatever the model says', () => {
    expect(doneLine([ran, skipped], 'All done!')).toBe('Ran `iris-17` (failed). Skipped: delete `iris-1`.');
  });

  it('says what could not be done, unless the model corrected it', () => {
    expect(doneLine([refused], 'It runs.')).toBe('Not possible: run a pipeline.');
    expect(doneLine([refused, ran], 'It failed.')).toBe('Ran `iris-17` (failed).');
  });

  it('says of an error no more than that there was one', () => {
    expect(doneLine([{ ...ran, how: 'failed', what: 'run `iris`' }], 'All done!')).toBe(
      'Tried, with an error: run `iris`.',
    );
  });

  it('counts what would make it long', () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ ...ran, what: `Ran \`iris-${index}\`` }));
    expect(doneLine(many, 'Done.')).toMatch(/`iris-5`\. And 3 more\.$/);
  });

  it('is empty where nothing was to be changed, and where the answer is what the tools said', () => {
    expect(doneLine([], 'Two runs.')).toBe('');
    expect(doneLine([ran], ran.result)).toBe('');
    expect(doneLine([skipped], skippedShown)).toBe('');
    expect(doneLine([{ ...ran, how: 'nothing', what: 'stop `iris-1`' }], 'It had ended.')).toBe('');
  });

  it('has the title of a question as a part of a sentence', () => {
    expect(askedText(['Delete ', named('iris-1'), '?'])).toBe('delete `iris-1`');
    expect(askedText(['Run ', named('**a**'), ' on ', 'This machine', '?'])).toBe(
      'run `**a**` on This machine',
    );
  });
});
