import { chmod, copyFile, mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import { failingLine } from '../../src/core/runs/failingLine.ts';
import {
  allow,
  localMachine,
  never,
  repository,
  runEnded,
  startRun,
  type LocalMachine,
} from './localMachine.ts';

const good = `from kfp import dsl
from words import WORD

@dsl.component(install_kfp_package=False)
def say(word: str) -> str:
    return word

@dsl.pipeline(name='from-python', description='Says a word.')
def talk(word: str = WORD) -> str:
    return say(word=word).output
`;
const raising = `from kfp import dsl

@dsl.pipeline
def raising():
    raise ValueError('not today')
`;
/** Asks for the lock of the environment that compiles it, as whoever removes that does. */
const held = `import fcntl, sys
from kfp import dsl

fcntl.flock(open(sys.prefix + '.lock'), fcntl.LOCK_EX | fcntl.LOCK_NB)

@dsl.pipeline
def held():
    pass
`;
const request = (pipeline: string) => ({
  pipeline: pipeline as PipelineId,
  parameters: {},
  cache: true,
  idempotencyKey: crypto.randomUUID(),
});

describe('Python files', () => {
  let workspace: string;
  let machine: LocalMachine;
  beforeAll(async () => {
    workspace = await mkdtemp(path.join(tmpdir(), 'mlops-workspace-'));
    await writeFile(path.join(workspace, 'good.py'), good);
    await writeFile(path.join(workspace, 'words.py'), "WORD = 'hello'\n");
    await writeFile(path.join(workspace, 'raising.py'), raising);
    await writeFile(
      path.join(workspace, 'broken.py'),
      'from kfp import dsl\n\n@dsl.pipeline\ndef broken(:\n    pass\n',
    );
    await writeFile(path.join(workspace, 'other.py'), "raise SystemExit('imported: kfp pipeline')\n");
    machine = await localMachine([workspace]);
  });
  afterAll(async () => {
    await machine.remove();
    await rm(workspace, { recursive: true });
  });

  it('are searched for pipelines without running them, and unreadable files are named', async () => {
    const { items, cut } = await machine.backend.listPipelines({}, never);
    const own = items.filter((item) => item.source.kind === 'python');
    expect(own.map(({ id, name, problem }) => [id, name, problem?.line])).toEqual([
      ['broken.py', 'broken', 4],
      ['good.py:talk', 'from-python', undefined],
      ['raising.py:raising', 'raising', undefined],
    ]);
    expect(cut).toBeUndefined();
    await expect(machine.backend.getPipeline('broken.py' as PipelineId, never)).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(/^broken\.py, line 4: Python cannot read the file/),
    });
  });

  it('are reported as needing Python when there is none, and the other pipelines are shown', async () => {
    const without = await localMachine([workspace, path.join(repository, 'test/contract/pipelines')], {
      python: { candidates: () => Promise.resolve([{ path: 'no-such-python', from: 'PATH' }]) },
    });
    const { items, cut } = await without.backend.listPipelines({}, never);
    expect(items.map((item) => item.source.kind)).not.toContain('python');
    expect(items.map((item) => item.name)).toContain('quick');
    expect(cut).toContain('no Python 3.9 or newer was found');
    const preparation = await without.backend.prepareRun(request('pipelines/quick.yaml'), never);
    expect(preparation.blockers).toMatchObject([
      { what: 'no_python', hint: expect.stringContaining('mlops.local.python') },
    ]);
    await without.remove();
  });

  it('say what is missing before the SDK is installed, and why it cannot be', async () => {
    const id = await allow(machine.backend, 'good.py:talk');
    machine.settings.pipArguments = ['--no-index'];
    expect(await machine.backend.compiler?.isInstalled(never)).toBe(false);
    await expect(machine.backend.getPipeline(id, never)).rejects.toMatchObject({ kind: 'unsupported' });
    expect(await machine.backend.prepareRun(request(id), never)).toMatchObject({
      install: ['kfp==2.17.0'],
      blockers: [],
    });
    await expect(startRun(machine.backend, id)).rejects.toMatchObject({
      message: expect.stringMatching(/^The Kubeflow Pipelines SDK could not be installed: ./),
    });
    expect((await machine.backend.listRuns({}, never)).items).toEqual([]);
    machine.settings.pipArguments = [];
  });

  it('get the SDK installed for a run with a consent, then are compiled, described and run', async () => {
    const id = await startRun(machine.backend, 'good.py:talk');
    expect(await runEnded(machine.backend, id)).toMatchObject({
      state: 'succeeded',
      outputs: { Output: 'hello' },
      pipeline: { source: { kind: 'python', file: path.join(workspace, 'good.py'), function: 'talk' } },
    });
    expect(await machine.backend.compiler?.isInstalled(never)).toBe(true);
    const pipeline = await machine.backend.getPipeline('good.py:talk' as PipelineId, never);
    expect(pipeline).toMatchObject({ name: 'from-python', parameters: [{ name: 'word', default: 'hello' }] });
  }, 180_000);

  it('are compiled again when a file beside them changes', async () => {
    const before = await machine.backend.getPipeline('good.py:talk' as PipelineId, never);
    expect(before.parameters[0]?.default).toBe('hello');
    await writeFile(path.join(workspace, 'words.py'), "WORD = 'changed'\n");
    await allow(machine.backend, 'good.py:talk');
    const after = await machine.backend.getPipeline('good.py:talk' as PipelineId, never);
    expect(after.parameters[0]?.default).toBe('changed');
  });

  it('have errors with file and line', async () => {
    const id = await allow(machine.backend, 'raising.py:raising');
    await expect(machine.backend.getPipeline(id, never)).rejects.toMatchObject({
      kind: 'invalid',
      message: 'raising.py, line 5: ValueError: not today',
      place: { file: path.join(workspace, 'raising.py'), line: 5 },
    });
  });

  it('protect the environment that compiles them from removal meanwhile', async () => {
    const file = path.join(workspace, 'held.py');
    await writeFile(file, held);
    const id = await allow(machine.backend, 'held.py:held');
    await expect(machine.backend.getPipeline(id, never)).rejects.toMatchObject({
      message: expect.stringContaining('BlockingIOError'),
    });
    await rm(file);
  });

  it('are neither run nor compiled in Restricted Mode', async () => {
    const restricted = await localMachine([workspace, path.join(repository, 'test/contract/pipelines')]);
    restricted.files.isTrusted = false;
    const label = path.basename(workspace);
    const { items } = await restricted.backend.listPipelines({ size: 100 }, never);
    expect(items.map((item) => item.name)).toContain('quick');
    for (const id of [`${label}/good.py:talk`, 'pipelines/quick.yaml']) {
      await expect(restricted.backend.createRun(request(id), never)).rejects.toMatchObject({
        kind: 'forbidden',
      });
    }
    // Described by its syntax tree, as every Python file without a yes.
    expect(await restricted.backend.getPipeline(`${label}/good.py:talk` as PipelineId, never)).toMatchObject({
      outline: true,
    });
    expect((await restricted.backend.listRuns({}, never)).items).toEqual([]);
    await restricted.remove();
  });

  it('are examined without programs of the folder in Restricted Mode, and anew when it is trusted', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'mlops-restricted-'));
    const own = path.join(folder, '.venv', 'bin', 'python');
    const ran = path.join(folder, 'ran');
    await mkdir(path.dirname(own), { recursive: true });
    await writeFile(own, `#!/bin/sh\necho "$*" >> '${ran}'\nexec python3 "$@"\n`);
    await chmod(own, 0o755);
    await writeFile(path.join(folder, 'good.py'), good);
    const candidates = [own, 'python3'].map((one) => ({ path: one, from: 'a test' }));
    const other = await localMachine([folder], {
      python: { candidates: () => Promise.resolve(candidates) },
    });
    other.files.isTrusted = false;
    other.settings.environment = own;
    const list = async () =>
      (await other.backend.listPipelines({ text: 'good.py' }, never)).items.map(({ id }) => id);
    expect(await list()).toEqual(['good.py:talk']);
    const { blockers } = await other.backend.prepareRun(request('sample:iris'), never);
    expect(blockers).toMatchObject([
      { what: 'no_python', message: expect.stringContaining('Restricted Mode') },
    ]);
    await expect(readFile(ran, 'utf8')).rejects.toMatchObject({ code: 'ENOENT' });
    other.files.isTrusted = true;
    expect(await list()).toEqual(['good.py:talk']);
    expect(await readFile(ran, 'utf8')).toMatch(/probe_python\.py/);
    await other.remove();
    await rm(folder, { recursive: true });
  });

  it('are listed as the compiled pipeline beside them unless they were changed since', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'mlops-doubles-'));
    const samples = path.join(repository, 'resources', 'samples', 'iris');
    for (const name of ['iris.py', 'iris.yaml'])
      await copyFile(path.join(samples, name), path.join(folder, name));
    const other = await localMachine([folder]);
    const ids = async () =>
      (await other.backend.listPipelines({ text: 'iris' }, never)).items.map(({ id }) => id);
    expect(await ids()).toEqual(['iris.yaml']);
    const [listed] = (await other.backend.listPipelines({ text: 'iris' }, never)).items;
    expect(listed?.twin).toMatchObject({ id: 'iris.py:iris', source: { kind: 'python', function: 'iris' } });
    await mkdir(path.join(folder, 'edited'));
    const now = new Date();
    await writeFile(path.join(folder, 'edited', 'a.py'), good.replace('from-python', 'a'));
    await writeFile(
      path.join(folder, 'edited', 'a.yaml'),
      'pipelineInfo: {name: a}\nroot: {dag: {tasks: {}}}\n',
    );
    await utimes(path.join(folder, 'edited', 'a.yaml'), now, new Date(now.getTime() - 3_600_000));
    const edited = (await other.backend.listPipelines({ text: 'edited/' }, never)).items.map(({ id }) => id);
    expect(edited).toEqual(['edited/a.py:talk']);
    await other.remove();
    await rm(folder, { recursive: true });
  });

  it('use the cache for tasks that succeeded when the failing line is fixed', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'mlops-first-bug-'));
    const names = ['first_bug.py', 'first_bug.yaml'] as const;
    for (const name of names)
      await copyFile(path.join(repository, 'resources/samples/first-bug', name), path.join(folder, name));
    const other = await localMachine([folder]);
    const failed = await runEnded(other.backend, await startRun(other.backend, 'first_bug.yaml'));
    expect(failed).toMatchObject({ state: 'failed', error: { task: 'report', type: 'ZeroDivisionError' } });
    const python = path.join(folder, names[0]);
    const text = await readFile(python, 'utf8');
    const { line = 0 } =
      failingLine(text, failed.tasks.find(({ path: task }) => task === 'report')!.error!) ?? {};
    const bug = text.split('\n')[line - 1];
    expect(bug?.trim()).toBe('averages[row["day"]] = revenue / orders');
    await writeFile(python, text.replace(`${bug}`, `${bug} if orders else 0.0`));
    const before = new Date(Date.now() - 3_600_000);
    await utimes(path.join(folder, names[1]), before, before);
    const [listed] = (await other.backend.listPipelines({ text: 'first-bug' }, never)).items;
    expect(listed).toMatchObject({ id: 'first_bug.py:first_bug', twin: { id: 'first_bug.yaml' } });
    const again = await allow(other.backend, 'first_bug.py:first_bug');
    const mended = await runEnded(other.backend, await startRun(other.backend, again));
    expect(mended).toMatchObject({ state: 'succeeded', counts: { total: 3, cached: 2 } });
    for (const id of ['first_bug.py:first_bug', 'first_bug.yaml'] as PipelineId[]) {
      const { items } = await other.backend.listRuns({ pipeline: id }, never);
      expect(items.map((run) => run.id)).toEqual(['first-bug-2', 'first-bug-1']);
    }
    await other.remove();
    await rm(folder, { recursive: true });
  });

  it('leave no build folders behind', async () => {
    const names = await readdir(path.join(machine.home, 'envs'));
    expect(names.filter((name) => name.startsWith('.build'))).toEqual([]);
  });
});
