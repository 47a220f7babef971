// What a connection keeps: pipelines with versions, experiments, archived runs, runs that go on.
import { beforeEach, describe, expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { keeping } from '../../../test/fakes/keeping.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import type { JsonObject } from '../domain/json.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import type { RunId } from '../domain/run.ts';
import { renderQuestionMarkdown } from '../text/renderQuestionMarkdown.ts';
import { findTool } from './table.ts';
import type { ToolDeps } from './tool.ts';

const signal = new AbortController().signal;
let backend: FakePipelineBackend;
let deps: ToolDeps;
let answer: boolean;

beforeEach(() => {
  backend = keeping(new FakePipelineBackend());
  answer = true;
  deps = toolDeps(backend, { ask: async () => answer });
  backend.addPipeline({ name: 'churn' });
});

const tool = (name: string) => findTool(`mlops_${name}`)!;
const call = async (name: string, input: JsonObject) => tool(name).call(input, deps, signal);
const textOf = async (name: string, input: JsonObject) => (await call(name, input)).text;

/** What is asked; then the call is made as it was shown. */
async function ask(name: string, input: JsonObject) {
  const asked = await tool(name).prepare(input, deps, signal);
  if (asked === undefined) throw new Error('Nobody is asked.');
  const { agreed } = asked;
  return {
    ...renderQuestionMarkdown(asked.question),
    yes: () =>
      tool(name).call(asked.input ?? input, { ...deps, ...(agreed === undefined ? {} : { agreed }) }, signal),
  };
}

const uploaded = async () => {
  await call('upload_pipeline', { pipeline: 'churn.yaml' });
  return 'kept-churn' as PipelineId;
};

describe('uploading', () => {
  it('asks, then makes a new pipeline, and from then on new versions of it', async () => {
    const first = await ask('upload_pipeline', { pipeline: 'churn' });
    expect(first.title).toBe('Upload churn as a new pipeline to This machine?');
    expect(first.message).toContain('From `churn.yaml`. Nothing is run there.');
    expect(backend.calls).toEqual([]);
    expect((await first.yes()).text).toContain('**`churn` was uploaded** as a new pipeline.');
    const second = await ask('upload_pipeline', { pipeline: 'churn' });
    expect(second.title).toBe('Upload churn as its version v2 to This machine?');
    const outcome = await second.yes();
    expect(outcome.text).toContain('as version 2, `v2`');
    expect(outcome.did).toBe('Uploaded `churn` as version `v2`');
    expect(backend.calls).toEqual(['upload churn', 'upload v2 into churn']);
  });

  it('compiles a Python file first, after the same yes', async () => {
    backend.addPython({ name: 'talk' });
    const asked = await ask('upload_pipeline', { pipeline: 'talk' });
    expect(asked.message).toContain('Compiles `talk.py`, which runs it here.');
    expect(backend.calls).toEqual([]);
    await asked.yes();
    expect(backend.calls).toEqual(['compile talk', 'upload talk']);
  });

  it('sends nothing that is broken, blocked, or changed since it was asked about', async () => {
    backend.addPipeline({ name: 'broken', problem: { what: 'x', message: 'No comp-a.' } });
    await expect(ask('upload_pipeline', { pipeline: 'broken' })).rejects.toMatchObject({
      kind: 'invalid',
    });
    const message = 'The package ./mine is on this machine.';
    backend.addPipeline({ name: 'blocked', blockers: [{ what: 'local_package', message }] });
    await expect(ask('upload_pipeline', { pipeline: 'blocked' })).rejects.toThrow(message);
    const asked = await ask('upload_pipeline', { pipeline: 'churn' });
    backend.addPipeline({ name: 'churn', description: 'Other code.' });
    await expect(asked.yes()).rejects.toThrow('its code changed since you were asked');
    expect(backend.calls).toEqual([]);
  });

  it('asks again where the pipeline came to be there meanwhile', async () => {
    const asked = await ask('upload_pipeline', { pipeline: 'churn' });
    await uploaded();
    await expect(asked.yes()).rejects.toThrow('Whether churn is there has changed');
    expect(backend.calls).toEqual(['upload churn']);
  });

  it('is not offered by a connection that keeps nothing', async () => {
    deps = toolDeps(new FakePipelineBackend());
    await expect(ask('upload_pipeline', { pipeline: 'churn' })).rejects.toMatchObject({
      kind: 'unsupported',
      message: '"This machine" keeps no pipelines and no versions.',
    });
  });
});

describe('versions', () => {
  it('are listed, the newest first, and run by their number or name', async () => {
    await uploaded();
    await call('upload_pipeline', { pipeline: 'churn', version: 'deeper' });
    const text = await textOf('list_pipelines', { versions: 'churn' });
    expect(text).toMatch(
      /^Versions of `churn`, the newest first:\n\n- version 2: `deeper`.*\n- version 1: `churn`/,
    );
    for (const said of ['churn version 1', 'churn v1', 'version 1 of churn', 'oldest version of churn']) {
      const asked = await ask('run_pipeline', { pipeline: said });
      expect(asked.message).toContain('version `churn`');
    }
    const asked = await ask('run_pipeline', { pipeline: 'churn version deeper', wait: 0 });
    expect(asked.message).toContain('version `deeper`');
    const { text: ran } = await asked.yes();
    expect(ran).toContain('is still running');
    expect([...backend.runs.values()].map((run) => run.pipeline.id)).toEqual(['kept-churn']);
  });

  it('that are not there are told with those that are', async () => {
    await uploaded();
    await expect(ask('run_pipeline', { pipeline: 'churn version 9' })).rejects.toMatchObject({
      kind: 'notFound',
      hint: 'The newest are churn (version 1).',
    });
  });

  it('leave the name to the pipeline of the workspace', async () => {
    await uploaded();
    expect((await ask('run_pipeline', { pipeline: 'churn' })).message).toContain('From `churn.yaml`');
  });
});

describe('experiments', () => {
  it('are made after a question, take runs, and list theirs', async () => {
    const asked = await ask('change_experiment', { action: 'create', experiment: 'depth study' });
    expect(asked.title).toBe('Create the experiment `depth study`?');
    await asked.yes();
    const run = await ask('run_pipeline', { pipeline: 'churn', experiment: 'Depth-Study', wait: 0 });
    expect(run.message).toContain('It goes into the experiment `depth study`.');
    await run.yes();
    expect(await textOf('list_runs', { experiment: 'depth study' })).toContain('`churn-1`');
    const none = 'There are no runs in the experiment `Default`.';
    expect(await textOf('list_runs', { experiment: 'Default' })).toContain(none);
    expect(await textOf('list_experiments', {})).toContain('- `depth study`, of ');
  });

  it('are archived with their runs and brought back', async () => {
    await call('change_experiment', { action: 'create', experiment: 'study' });
    const asked = await ask('change_experiment', { action: 'archive', experiment: 'study' });
    expect(asked.message).toContain('Its runs are archived with it');
    await asked.yes();
    expect(await textOf('list_experiments', {})).not.toContain('study');
    expect(await textOf('list_experiments', { archived: true })).toContain('`study`');
    await call('change_experiment', { action: 'unarchive', experiment: 'study' });
    expect(await textOf('list_experiments', {})).toContain('`study`');
  });

  it('that are not there are told with the nearest', async () => {
    await call('change_experiment', { action: 'create', experiment: 'study' });
    await expect(textOf('list_runs', { experiment: 'studdy' })).rejects.toMatchObject({
      hint: 'Did you mean study?',
    });
    const again = ask('change_experiment', { action: 'create', experiment: 'study' });
    await expect(again).rejects.toThrow('There is an experiment study already.');
  });
});

describe('deleting what is kept', () => {
  it('asks with the real name and what goes, and keeps it after a no', async () => {
    await uploaded();
    await call('upload_pipeline', { pipeline: 'churn' });
    const version = await ask('delete_pipeline', { pipeline: 'churn version 2' });
    expect(version.title).toBe('Delete the version v2 of churn?');
    answer = false;
    expect((await version.yes()).text).toContain('was not deleted: the person said no.');
    answer = true;
    expect((await version.yes()).text).toBe('The version `v2` of `churn` was deleted.');
    const pipeline = await ask('delete_pipeline', { pipeline: 'churn' });
    expect(pipeline.message).toContain('It goes for good, with 1 version.');
    expect((await pipeline.yes()).text).toBe('The pipeline `churn` was deleted.');
    expect(backend.pipelines.has('churn.yaml' as PipelineId)).toBe(true);
    await call('change_experiment', { action: 'create', experiment: 'study' });
    const experiment = await ask('delete_pipeline', { experiment: 'study' });
    expect(experiment.title).toBe('Delete the experiment study?');
    await experiment.yes();
    expect(await textOf('list_experiments', {})).not.toContain('study');
  });

  it('never means a pipeline of the workspace', async () => {
    await expect(ask('delete_pipeline', { pipeline: 'churn' })).rejects.toMatchObject({ kind: 'notFound' });
  });
});

describe('changing runs', () => {
  beforeEach(() => {
    backend.addRun(aRun({ id: 'churn-1', number: 1, state: 'failed' }));
    backend.addRun(aRun({ id: 'churn-2', number: 2, state: 'succeeded' }));
  });

  it('asks before a failed run goes on, and refuses any other', async () => {
    const asked = await ask('change_runs', { action: 'retry', run: 'last failed' });
    expect(asked.title).toBe('Retry churn-1?');
    const { text, did } = await asked.yes();
    expect(text).toContain('**`churn-1` goes on**');
    expect(did).toBe('Retried `churn-1`');
    expect(backend.runs.get('churn-1' as RunId)?.state).toBe('running');
    await expect(ask('change_runs', { action: 'retry', run: 'churn-2' })).rejects.toMatchObject({
      kind: 'conflict',
      message: 'churn-2 cannot be retried: it is succeeded.',
    });
  });

  it('archives several with one question that names each, and lists them when asked', async () => {
    const asked = await ask('change_runs', { action: 'archive', runs: ['churn-1', 'churn-2'] });
    expect(asked.title).toBe('Archive 2 runs?');
    expect(asked.message).toContain('`churn-1`, `churn-2`');
    await asked.yes();
    expect(await textOf('list_runs', {})).not.toContain('churn-1');
    expect(await textOf('list_runs', { archived: true })).toContain('`churn-1`');
    await call('change_runs', { action: 'unarchive', run: 'churn-1' });
    expect(await textOf('list_runs', {})).toContain('`churn-1`');
  });

  it('says what to do where runs cannot go on', async () => {
    const plain = new FakePipelineBackend();
    plain.addRun(aRun({ id: 'churn-1', number: 1, state: 'failed' }));
    deps = toolDeps(plain);
    await expect(ask('change_runs', { action: 'retry', run: 'churn-1' })).rejects.toMatchObject({
      kind: 'unsupported',
      hint: 'Run it again: finished tasks come from the cache.',
    });
  });
});
