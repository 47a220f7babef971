import { expect, test } from 'vitest';
import { blockersText } from './blockersText.ts';

test('a blocker is shown with what to do', () => {
  const blocker = {
    what: 'container_component',
    task: 'train',
    message: 'It is a container.',
    hint: 'Use a Python component.',
  };
  expect(blockersText([blocker])).toBe('train: It is a container. Use a Python component.');
});
