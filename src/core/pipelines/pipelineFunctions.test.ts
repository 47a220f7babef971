import { expect, test } from 'vitest';
import { mayHoldPipelines } from './mayHoldPipelines.ts';
import { pipelineFunctions } from './pipelineFunctions.ts';

const python =
  'from kfp import dsl\n\n@dsl.pipeline(\n    name="a")\ndef a():\n    pass\n\n@d\ndef b(): pass\n';

test.each([
  ['a.py', python, true],
  ['a.py', 'from kfp import dsl\n# @dsl.pipeline\n', false],
  ['a.py', '@pipeline\ndef a(): pass\n', false],
  ['a.yaml', '# PIPELINE DEFINITION\npipelineInfo:\n  name: a\nroot:\n  dag: {}\n', true],
  ['a.yml', 'deploymentSpec:\n  a: 1\npipelineInfo:\n  name: a\n', true],
  ['a.yaml', 'kind: Deployment\nroot:\n', false],
  ['a.txt', python, false],
])('%s may hold pipelines by its content: $2 (row %#)', (file, text, holds) => {
  expect(mayHoldPipelines(file, text)).toBe(holds);
});

test('recognizes pipeline functions by their decorator or by a known name', () => {
  expect(pipelineFunctions(python).map(({ name, top }) => [name, top])).toEqual([['a', 2]]);
  expect(pipelineFunctions(python, ['b']).map(({ name }) => name)).toEqual(['a', 'b']);
});
