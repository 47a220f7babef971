import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import { failurePlaces } from '../../src/vscode/code/failurePlace.ts';
import { MemoryFiles } from '../fakes/memoryFiles.ts';
import { allow, localMachine, never, runEnded, startRun, type LocalMachine } from './localMachine.ts';

/** Python files as people write them, each in a workspace of its own. */
const folder = path.join(import.meta.dirname, 'python');
const workspaces: string[] = [];
const machines: LocalMachine[] = [];

async function workspaceOf(name: string) {
  const workspace = await mkdtemp(path.join(tmpdir(), 'mlops-workspace-'));
  workspaces.push(workspace);
  await cp(path.join(folder, name), workspace, { recursive: true });
  const machine = await localMachine([workspace]);
  machines.push(machine);
  const described = async (pipeline: string) =>
    machine.backend.getPipeline(await allow(machine.backend, pipeline), never);
  return { workspace, machine, described };
}

beforeAll(async () => {
  const machine = await localMachine([tmpdir()]);
  await machine.backend.compiler?.install(never);
  await machine.remove();
}, 180_000);

afterAll(async () => {
  for (const machine of machines) await machine.remove();
  for (const workspace of workspaces) await rm(workspace, { recursive: true });
});

describe('the parameters of a pipeline function', () => {
  it('are in the function’s order before and after compiling', async () => {
    const { machine, described } = await workspaceOf('annotations');
    const outline = await machine.backend.getPipeline('labels.py:tagging' as PipelineId, never);
    const compiled = await described('labels.py:tagging');
    expect([outline.outline, compiled.outline]).toEqual([true, undefined]);
    for (const { parameters } of [outline, compiled])
      expect(parameters.map(({ name }) => name)).toEqual(['message', 'labels', 'weights']);
  });
});

describe('a file with Kubernetes settings', () => {
  it('compiles without the kubernetes package, and notes the settings that do nothing here', async () => {
    const { described } = await workspaceOf('kube');
    const { notes, blockers } = await described('report.py:publish_report');
    expect(blockers).toEqual([]);
    expect(notes.map(({ what }) => what)).toContain('platform_ignored');
    expect(notes[0]?.message).toMatch(/a mounted volume, variables from secrets/);
  });
});

describe('a file that does more than define pipelines', () => {
  it.each([
    ['with_local', 'with_local.py, line 18: No task was run'],
    ['with_compile', 'with_compile.py, line 14: with_compile.yaml was not written'],
    ['with_client', 'with_client.py, line 16: kfp.Client.create_run_from_pipeline_func was not called'],
  ])('is described without doing that, and a note says so: %s', async (name, note) => {
    const { workspace, machine, described } = await workspaceOf('scripts');
    const before = await readdir(workspace);
    const { parameters, notes } = await described(`${name}.py:${name}`);
    expect(parameters).toMatchObject([{ name: 'a', default: 1 }]);
    expect(notes.map(({ message }) => message).join('\n')).toContain(note);
    const request = { pipeline: `${name}.py:${name}` as PipelineId, parameters: {}, cache: false };
    const preparation = await machine.backend.prepareRun({ ...request, idempotencyKey: 'k' }, never);
    expect(preparation.notes).toEqual(notes);
    expect((await readdir(workspace)).filter((entry) => entry !== '__pycache__')).toEqual(before);
  });
});

describe('a file in a project', () => {
  it.each([
    ['imports from the root', 'nightly', 10],
    ['imports relative to its package', 'weekly', 70],
    ['opens a path that starts at the root', 'configured', 4],
  ])('%s', async (_, name, value) => {
    const { described } = await workspaceOf('layout');
    const { parameters } = await described(`churnlab/pipelines/${name}.py:${name}`);
    expect(parameters).toMatchObject([{ default: value }]);
  });

  it('imports from src, and opens a path that starts in its own folder', async () => {
    const { workspace, described } = await workspaceOf('layout');
    await mkdir(path.join(workspace, 'src/tools'), { recursive: true });
    await writeFile(path.join(workspace, 'src/tools/sizes.py'), 'SIZE = 3\n');
    await writeFile(path.join(workspace, 'churnlab/pipelines/more.txt'), 'more');
    await writeFile(
      path.join(workspace, 'churnlab/pipelines/sized.py'),
      `from kfp import dsl
from tools.sizes import SIZE
from churnlab.components.clean import clean

MORE = len(open('more.txt').read())

@dsl.pipeline
def sized(rows: int = SIZE + MORE):
    clean(rows=rows)
`,
    );
    const { parameters } = await described('churnlab/pipelines/sized.py:sized');
    expect(parameters).toMatchObject([{ default: 7 }]);
  });

  it('loses its yes when a module of the root changes, even before it is compiled', async () => {
    const { workspace, machine, described } = await workspaceOf('layout');
    const file = path.join(workspace, 'churnlab/components/clean.py');
    const change = async () => writeFile(file, `${await readFile(file, 'utf8')}# changed\n`);
    const pipeline = 'churnlab/pipelines/nightly.py:nightly' as PipelineId;
    await allow(machine.backend, pipeline);
    await change();
    expect((await machine.anotherWindow().getPipeline(pipeline, never)).outline).toBe(true);
    expect((await described(pipeline)).outline).toBeUndefined();
    await change();
    expect((await machine.backend.getPipeline(pipeline, never)).outline).toBe(true);
  });
});

describe('a local package in packages_to_install', () => {
  it('is installed from the workspace, and again when it changes', async () => {
    const { workspace, machine } = await workspaceOf('localpkg');
    const { backend } = machine;
    const pipeline = await allow(backend, 'bill.py:bill_path');
    const price = async () => {
      const run = await runEnded(backend, await startRun(backend, pipeline, {}));
      expect(run.error).toBeUndefined();
      return run.tasks[0]?.outputs['Output'];
    };
    expect(await price()).toBe(12);
    await writeFile(
      path.join(workspace, 'shoplib/shoplib/__init__.py'),
      'def price(net):\n    return net * 2\n',
    );
    expect(await price()).toBe(20);
    expect(await readdir(path.join(workspace, 'shoplib'))).toEqual(['pyproject.toml', 'shoplib']);
    for (const { id, packages } of (await backend.environments?.list(never)) ?? [])
      if (packages.some((one) => one.includes(workspace)))
        // The runner of an ended run may hold it for a moment.
        await vi.waitFor(() => backend.environments?.remove(id, never), { timeout: 20_000, interval: 100 });
  });
});

describe('two files with a function of the same name and the same failing line', () => {
  it('are told apart by the source as it ran and by the pipeline’s imports', async () => {
    const { workspace, machine } = await workspaceOf('samename');
    const { backend } = machine;
    const id = await startRun(backend, await allow(backend, 'trial.py:trial'));
    const run = await runEnded(backend, id);
    const steps = ['clean', 'score'].map((name) => path.join(workspace, `steps/${name}.py`));
    expect(
      await backend.importedFiles?.({
        kind: 'python',
        file: path.join(workspace, 'trial.py'),
        function: 'trial',
      }),
    ).toEqual(expect.arrayContaining([path.join(workspace, 'trial.py'), ...steps]));
    const files = new MemoryFiles();
    for (const file of steps) files.texts.set(file, await readFile(file, 'utf8'));
    expect(await failurePlaces(run, files, backend)).toMatchObject([{ file: steps[1], line: 6 }]);
  });
});

describe('pipelines that a function returns', () => {
  it('are listed by the names that the file gives them, outlined, and compiled', async () => {
    const { machine, described } = await workspaceOf('factory');
    const { items } = await machine.backend.listPipelines({ text: 'make.py' }, never);
    expect(items.map(({ id, name }) => [id, name])).toEqual([
      ['make.py:fit_linear', 'fit-linear'],
      ['make.py:fit_tree', 'fit-tree'],
    ]);
    const outline = await machine.backend.getPipeline('make.py:fit_tree' as PipelineId, never);
    expect(outline).toMatchObject({ outline: true, tasks: [{ name: 'fit' }] });
    expect(await described('make.py:fit_tree')).toMatchObject({ tasks: [{ name: 'fit' }], blockers: [] });
  });

  it('are listed with a reason where no name refers to them, like those of a notebook', async () => {
    const { workspace, machine } = await workspaceOf('factory');
    const text = await readFile(path.join(workspace, 'make.py'), 'utf8');
    await writeFile(path.join(workspace, 'make.py'), text.slice(0, text.indexOf('fit_tree =')));
    const cell = { cell_type: 'code', source: ['from kfp import dsl\n', '@dsl.pipeline\n', 'def a():\n'] };
    await writeFile(path.join(workspace, 'explore.ipynb'), JSON.stringify({ cells: [cell] }));
    const plain = { cell_type: 'code', source: 'import kfp  # no pipeline here' };
    await writeFile(path.join(workspace, 'plain.ipynb'), JSON.stringify({ cells: [plain] }));
    const { items } = await machine.backend.listPipelines({}, never);
    const own = items.filter(({ problem }) => problem !== undefined);
    expect(own.map(({ name, problem }) => [name, problem?.what, problem?.message])).toEqual([
      ['explore', 'hidden_pipelines', expect.stringContaining('notebook')],
      ['make', 'hidden_pipelines', expect.stringContaining('in make_pipeline')],
    ]);
    expect(own.map(({ problem }) => problem?.hint).join(' ')).toContain('train = make_pipeline(…)');
    await expect(machine.backend.getPipeline('make.py' as PipelineId, never)).rejects.toMatchObject({
      kind: 'invalid',
    });
  });
});
