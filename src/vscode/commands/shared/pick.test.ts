import { expect, test } from 'vitest';
import { aRun } from '../../../../test/fakes/aRun.ts';
import type { PipelineId } from '../../../core/domain/pipeline.ts';
import { runItem } from './pick.ts';

test('a run in a list has the icon of its state, and its name draws none', () => {
  const pipeline = { id: 'p' as PipelineId, name: '$(flame) iris' };
  const { label, description, detail } = runItem(aRun({ pipeline }), 0);
  expect(label).toMatch(/^\$\([a-z-]+\) iris-\d+$/);
  expect(`${description} ${detail}`).toContain('flame) iris');
  expect(`${description} ${detail}`).not.toContain('$(');
});
