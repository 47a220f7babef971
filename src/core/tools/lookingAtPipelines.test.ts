import { beforeEach, describe, expect, it } from 'vitest';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import { findTool } from './table.ts';
import type { ToolDeps } from './tool.ts';

const signal = new AbortController().signal;
let backend: FakePipelineBackend;
let deps: ToolDeps;

beforeEach(() => {
  backend = new FakePipelineBackend();
  deps = toolDeps(backend);
  backend.addPipeline({
    name: 'iris',
    description: 'Tells species apart.',
    parameters: [{ name: 'max_depth', type: 'integer', required: false, default: 2 }],
  });
});

const call = async (name: string, input: object) =>
  (await findTool(`mlops_${name}`)?.call(input, deps, signal))?.text;

describe('listing and describing pipelines', () => {
  it('shows the line and the reason when a pipeline cannot be read', async () => {
    backend.addPipeline({
      name: 'bad',
      problem: { what: 'syntax', message: 'The indentation is wrong.', line: 7 },
    });
    expect(await call('list_pipelines', {})).toBe(
      '- `bad` (`bad.yaml`) **cannot be read:** line 7: The indentation is wrong.\n- `iris` (`iris.yaml`): Tells species apart.',
    );
  });

  it('shows the parameters of a pipeline', async () => {
    expect(await call('describe_pipeline', { pipeline: 'Iris' })).toContain(
      '- `max_depth` (integer, default `2`)',
    );
  });

  it('says where the packages of a pipeline come from', async () => {
    backend.addPipeline({
      name: 'private',
      packages: ['acme==1.0'],
      sources: [
        { kind: 'index', value: 'https://user:••••@a.example/simple' },
        { kind: 'trustedHost', value: 'a.example' },
        { kind: 'other', value: 'git+https://b.example/x.git' },
      ],
    });
    expect(await call('describe_pipeline', { pipeline: 'private' })).toContain(
      'Packages come from: the index `https://user:••••@a.example/simple`, unchecked certificates of `a.example`, the address `git+https://b.example/x.git`.',
    );
  });

  it('says how many pipelines there are, and how to see more', async () => {
    for (let number = 1; number <= 120; number += 1) backend.addPipeline({ name: `stage-${number}` });
    const first = await findTool('mlops_list_pipelines')?.call({ text: 'stage' }, deps, signal);
    expect(first?.text).toMatch(/50 of 120 are shown; say "more" for the next \(page `[^`]+`\)\.$/);
    const more = first?.mentions.find((mention) => mention.kind === 'more');
    expect(more).toMatchObject({ tool: 'mlops_list_pipelines', input: { text: 'stage' } });
    const second = await findTool('mlops_list_pipelines')?.call(more?.input, deps, signal);
    expect(second?.text).not.toContain(first?.text.split('\n')[0]);
  });

  it('says when no pipeline matches the text', async () => {
    expect(await call('list_pipelines', { text: 'churn' })).toBe(
      'No pipeline has `churn` in its name, description or file.',
    );
  });

  it('shows the display name of a pipeline', async () => {
    backend.addPipeline({ name: 'churn', displayName: 'Who leaves' });
    expect(await call('list_pipelines', { text: 'churn' })).toBe('- `churn` (Who leaves, `churn.yaml`)');
  });
});
