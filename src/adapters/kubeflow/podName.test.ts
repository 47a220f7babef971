import { expect, test } from 'vitest';
import { podName } from './podName.ts';

const node = { id: 'iris-x-123', name: 'iris-x.root.train', templateName: 'system-container-impl' };

test('a pod is named after its workflow, its template and the hash of its node', () => {
  expect(podName('iris-x', node)).toBe('iris-x-system-container-impl-123');
});

test('the one pod of a workflow without tasks has the name of the workflow', () => {
  expect(podName('iris-x', { ...node, id: 'iris-x', name: 'iris-x' })).toBe('iris-x');
});

test('a long name is cut before the hash', () => {
  const workflow = 'w'.repeat(230);
  const cut = podName(workflow, { ...node, id: `${workflow}-123`, name: `${workflow}.root` });
  expect(cut).toBe(`${workflow}-system-cont-123`);
});
