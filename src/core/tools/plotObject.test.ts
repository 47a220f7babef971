import { expect, it } from 'vitest';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import { plotObjectTool } from './plotObject.ts';

const signal = new AbortController().signal;
const rows = ['epoch,loss,accuracy', '1,1,0.5', '2,0.5,0.7', '3,0.25,0.8', '4,0.125,0.9'];
const store = new MemoryObjectStore().put('data', 'metrics.csv', rows.join('\n')).put('data', 'a.md', '# a');
const plot = async (input: object) =>
  (await plotObjectTool.call(input, toolDeps(new FakePipelineBackend(), { objects: store }), signal)).text;

it('says how each column goes, with a small chart', async () => {
  const text = await plot({ bucket: 'data', key: 'metrics.csv', columns: ['loss', 'accuracy'], x: 'epoch' });
  expect(text).toContain('`data/metrics.csv`: `loss` against `epoch`, 4 points.\n- falls from 1 to 0.125');
  expect(text).toContain('`accuracy` against `epoch`, 4 points.\n- rises from 0.5 to 0.9');
  expect(text).toContain('1 ┤█');
});

it('names the columns that there are where one is not', async () => {
  await expect(plot({ bucket: 'data', key: 'metrics.csv', columns: ['cost'] })).rejects.toThrow('cost');
  await expect(plot({ bucket: 'data', key: 'a.md' })).rejects.toThrow('is no table');
});
