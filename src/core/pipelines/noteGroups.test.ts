import { expect, it } from 'vitest';
import { noteGroups } from './noteGroups.ts';

const here = { what: 'resources_ignored', message: 'It gets what there is.' };
const everywhere = {
  what: 'compared_as_texts',
  message: 'Texts are compared, on Kubeflow as here.',
  everywhere: true,
} as const;

it('separates what is different here from what holds everywhere', () => {
  expect(noteGroups([everywhere, here])).toEqual([
    { title: 'Different here', notes: [here] },
    { title: 'Worth knowing', notes: [everywhere] },
  ]);
  expect(noteGroups([everywhere])).toEqual([{ title: 'Worth knowing', notes: [everywhere] }]);
  expect(noteGroups([])).toEqual([]);
});
