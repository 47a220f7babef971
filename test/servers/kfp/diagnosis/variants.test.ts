import { expect, it } from 'vitest';
import { mainFinding } from '../../../../src/core/diagnosis/renderDiagnosis.ts';
import { diagnoseLife } from './diagnoseLife.ts';
import { handWritten } from './handWritten.ts';
import { variants } from './variants.ts';

it.each(variants)('written by hand: %s', async (name, change, cause, words) => {
  const { text, diagnosis } = (await diagnoseLife(handWritten(name, change))).at(-1)!;
  expect({ ...mainFinding(diagnosis), text }).toMatchObject({ cause, path: 'train-tree' });
  expect(text).toMatch(words);
});
