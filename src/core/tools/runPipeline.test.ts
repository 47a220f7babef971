import { beforeEach, describe, expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import { renderQuestionMarkdown } from '../text/renderQuestionMarkdown.ts';
import { inputSchema } from './inputSchema.ts';
import { runPipelineTool } from './runPipeline.ts';

const signal = new AbortController().signal;
const iris = { id: 'iris.yaml' as PipelineId, name: 'iris' };
let backend: FakePipelineBackend;

beforeEach(() => {
  backend = new FakePipelineBackend();
});

const ask = async (input: object) => {
  const asked = await runPipelineTool.prepare(input, toolDeps(backend), signal);
  return asked && { ...renderQuestionMarkdown(asked.question), input: asked.input };
};
const call = (input: object) => runPipelineTool.call(input, toolDeps(backend), signal);

describe('the values of a run', () => {
  it('runs another pipeline with the values of a run that it has', async () => {
    backend.addRun(aRun({ id: 'iris-3', pipeline: iris, parameters: { max_depth: 7, seed: 1 } }));
    backend.addPipeline({
      name: 'forest',
      parameters: [
        { name: 'seed', type: 'integer', required: false, default: 42 },
        { name: 'trees', type: 'integer', required: false, default: 100 },
      ],
    });
    const asked = await ask({ pipeline: 'forest', like: 'iris-3' });
    expect(asked?.input).toMatchObject({ pipeline: 'forest.yaml', parameters: { seed: 1, trees: 100 } });
    expect(asked?.title).toBe('Run forest on This machine?');
    expect(asked?.message).toContain('Set: `seed` = `1`');
  });

  it('keeps nested values as they are', async () => {
    const weights = { virginica: 3, others: [1, 2.5, null] };
    backend.addPipeline({
      name: 'weighted',
      parameters: [{ name: 'weights', type: 'struct', required: true }],
    });
    await call({ pipeline: 'weighted', parameters: { weights }, wait: 0 });
    expect([...backend.runs.values()].at(-1)?.parameters).toEqual({ weights });
    expect(inputSchema(runPipelineTool.input)).toMatchObject({
      properties: { parameters: { type: 'object', additionalProperties: {} } },
    });
    expect(JSON.stringify(inputSchema(runPipelineTool.input))).not.toMatch(/"again"|[$]ref|definitions/);
  });
});
