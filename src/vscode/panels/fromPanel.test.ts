import { expect, it } from 'vitest';
import { fromPanel } from './fromPanel.ts';

it('the messages of the panel are decoded', () => {
  expect(fromPanel({ type: 'ready' })).toEqual({ type: 'ready' });
  expect(fromPanel({ type: 'action', action: 'goToLine', task: 'train' })).toEqual({
    type: 'action',
    action: 'goToLine',
    task: 'train',
  });
});

it.each([
  undefined,
  'ready',
  { type: 'action', action: 'workbench.action.quit' },
  { type: 'openObject', object: { bucket: '', key: 'x' } },
  { type: 'openObject', object: { bucket: 'b', key: 'x'.repeat(3000) } },
  { type: 'openMatrix', chart: -1 },
])('other messages are rejected: %j', (message) => {
  expect(fromPanel(message)).toBeUndefined();
});
