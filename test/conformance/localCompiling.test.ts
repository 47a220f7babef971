import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import type { PipelineBackend } from '../../src/core/ports/pipelineBackend.ts';
import { allow, localMachine, never, repository, type LocalMachine } from './localMachine.ts';

/** Leaves a mark each time it is run. */
const marking = `from pathlib import Path
from kfp import dsl

with open(Path(__file__).parent / 'mark', 'a') as file:
    file.write('x')

@dsl.component(packages_to_install=['humanize==4.9.0'])
def say(word: str) -> str:
    return word

@dsl.pipeline(name='marking', description='Leaves a mark.')
def marking(word: str = 'hello', times: int = len('abc')):
    say(word=word)
`;
const scoring = `from pathlib import Path

import yaml
from kfp import dsl

from steps.score import score

SETTINGS = yaml.safe_load((Path(__file__).parent / "settings.yaml").read_text())


@dsl.pipeline(name="scoring")
def scoring(base: int = SETTINGS["base"]) -> int:
    return score(base=base).output
`;
const score = `from kfp import dsl


@dsl.component
def score(base: int) -> int:
    print("first version of score")
    return base + 1
`;
const id = 'marking.py:marking' as PipelineId;

let workspace: string;
let machine: LocalMachine;
let backend: PipelineBackend;
/** How often the file was run. */
const marks = async () => (await readFile(path.join(workspace, 'mark'), 'utf8').catch(() => '')).length;
const write = (name: string, text: string) => writeFile(path.join(workspace, name), text);
const request = (pipeline: PipelineId) => ({
  pipeline,
  parameters: {},
  cache: false,
  idempotencyKey: crypto.randomUUID(),
});
const describes = (pipeline: PipelineId) => backend.getPipeline(pipeline, never);
const isOutline = async (pipeline: PipelineId) => (await describes(pipeline)).outline === true;

beforeAll(async () => {
  const fresh = await localMachine([tmpdir()]);
  await fresh.backend.compiler?.install(never);
  await fresh.remove();
}, 180_000);

beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'mlops-workspace-'));
  await write('marking.py', marking);
  await mkdir(path.join(workspace, 'steps'));
  await write('steps/__init__.py', '');
  await write('steps/score.py', score);
  await write('settings.yaml', 'base: 5\n');
  await write('scoring.py', scoring);
  machine = await localMachine([workspace]);
  backend = machine.backend;
});

afterEach(async () => {
  await machine.remove();
  await rm(workspace, { recursive: true });
});

describe('a Python file without a yes', () => {
  it('is described by its syntax tree and not run', async () => {
    expect(await describes(id)).toMatchObject({
      outline: true,
      name: 'marking',
      description: 'Leaves a mark.',
      parameters: [
        { name: 'word', type: 'string', required: false, default: 'hello' },
        { name: 'times', type: 'integer', required: false, unknownDefault: true },
      ],
      packages: ['humanize==4.9.0'],
      tasks: [{ name: 'say' }],
    });
    const preparation = await backend.prepareRun(request(id), never);
    expect(preparation).toMatchObject({
      compiles: 'marking.py',
      install: ['humanize==4.9.0', 'kfp==2.17.0'],
      blockers: [],
    });
    await expect(backend.createRun(request(id), never)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await marks()).toBe(0);
    expect((await backend.listRuns({}, never)).items).toEqual([]);
  });

  it('is compiled once after a yes while it is unchanged, even in the next session', async () => {
    await allow(backend, id);
    expect(await describes(id)).toMatchObject({ parameters: [{}, { name: 'times', default: 3 }] });
    await describes(id);
    expect((await backend.prepareRun(request(id), never)).compiles).toBeUndefined();
    expect(await marks()).toBe(1);
    backend = machine.anotherWindow();
    expect(await isOutline(id)).toBe(false);
    await write('marking.py', `${marking}# changed\n`);
    expect(await isOutline(id)).toBe(true);
    expect(await marks()).toBe(2);
  });

  it('is not compiled once the yes is revoked or the workspace is no longer trusted', async () => {
    await allow(backend, id);
    const [given] = (await backend.approvals?.list()) ?? [];
    expect(given).toMatchObject({ scope: 'file', path: path.join(workspace, 'marking.py') });
    await backend.approvals?.revoke([given?.id ?? '']);
    expect(await isOutline(id)).toBe(true);
    await allow(backend, id);
    machine.files.isTrusted = false;
    expect(await backend.approvals?.list()).toEqual([]);
    machine.files.isTrusted = true;
    expect(await isOutline(id)).toBe(true);
    expect(await marks()).toBe(0);
  });

  it('may be an untouched copy of a sample, which needs no yes', async () => {
    const folder = path.join(workspace, 'first-bug');
    await cp(path.join(repository, 'resources/samples/first-bug'), folder, { recursive: true });
    await rm(path.join(folder, 'first_bug.yaml'));
    const copy = 'first-bug/first_bug.py:first_bug' as PipelineId;
    expect(await isOutline(copy)).toBe(false);
    await write('first-bug/tarfile.py', 'raise SystemExit()\n');
    expect(await isOutline(copy)).toBe(true);
    await rm(path.join(folder, 'tarfile.py'));
    await write('first-bug/first_bug.py', `${await readFile(path.join(folder, 'first_bug.py'), 'utf8')}\n`);
    expect(await isOutline(copy)).toBe(true);
  });
});

describe('the content that a yes covers', () => {
  const pipeline = 'scoring.py:scoring' as PipelineId;
  const base = async () => (await describes(pipeline)).parameters[0]?.default;

  it.each([
    ['a module of a package', 'steps/score.py', `${score}# second version\n`],
    ['a file that is opened', 'settings.yaml', 'base: 6\n'],
    ['a module that could take the place of another', 'json.py', ''],
  ])('%s ends the yes when it changes, and is read again after the next one', async (_, name, text) => {
    await allow(backend, pipeline);
    expect(await base()).toBe(5);
    expect(await isOutline(pipeline)).toBe(false);
    await write(name, text);
    expect(await isOutline(pipeline)).toBe(true);
    await allow(backend, pipeline);
    expect(await base()).toBe(name === 'settings.yaml' ? 6 : 5);
  });

  it('includes a module that could not be imported yet', async () => {
    await write(
      'late.py',
      `try:\n    from extra import MORE\nexcept ImportError:\n    MORE = 1\n${marking.replace("len('abc')", 'MORE')}`,
    );
    const late = 'late.py:marking' as PipelineId;
    await allow(backend, late);
    expect((await describes(late)).parameters[1]?.default).toBe(1);
    await write('extra.py', 'MORE = 2\n');
    await allow(backend, late);
    expect((await describes(late)).parameters[1]?.default).toBe(2);
  });

  it('includes everything below an embedded folder', async () => {
    await mkdir(path.join(workspace, 'assets/deep'), { recursive: true });
    await write('assets/deep/words.txt', 'one');
    await write(
      'embedding.py',
      `from kfp import dsl

@dsl.component(embedded_artifact_path='assets')
def say(words: dsl.EmbeddedInput[dsl.Dataset]) -> int:
    return 1

@dsl.pipeline
def embedding():
    say()
`,
    );
    const embedding = 'embedding.py:embedding' as PipelineId;
    await allow(backend, embedding);
    expect(await isOutline(embedding)).toBe(false);
    await write('assets/deep/words.txt', 'two');
    expect(await isOutline(embedding)).toBe(true);
    await allow(backend, embedding);
    expect(await isOutline(embedding)).toBe(false);
    await write('assets/more.txt', '');
    expect(await isOutline(embedding)).toBe(true);
  });

  it('counts as changed where it cannot be known, so the file is compiled anew after each yes', async () => {
    await write('marking.py', `import subprocess\nsubprocess.run(['true'])\n${marking}`);
    await allow(backend, id);
    await describes(id);
    expect((await backend.prepareRun(request(id), never)).compiles).toBeUndefined();
    expect(await marks()).toBe(1);
    await allow(backend, id);
    await describes(id);
    expect(await marks()).toBe(2);
    backend = machine.anotherWindow();
    expect(await isOutline(id)).toBe(true);
    expect(await marks()).toBe(2);
  });

  it('is compared in a fraction of the time that compiling takes', async () => {
    const timed = async () => {
      const began = performance.now();
      await describes(pipeline);
      return performance.now() - began;
    };
    await allow(backend, pipeline);
    const compiling = await timed();
    const times: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) times.push(await timed());
    expect(Math.min(...times) * 4).toBeLessThan(compiling);
  });
});

describe('a yes for a folder', () => {
  /** Saves as the editor does. */
  const save = async (name: string, text: string) => {
    const saved = await backend.approvals?.saving(path.join(workspace, name));
    await write(name, text);
    await saved?.();
  };
  beforeEach(() => backend.approvals?.approveFolder(workspace, never));

  it('covers its files and what the person saves there, one file after the other', async () => {
    expect(await isOutline(id)).toBe(false);
    await save('marking.py', `${marking}# first\n`);
    expect(await isOutline(id)).toBe(false);
    await save('helper.py', 'WORD = 1\n');
    await save('marking.py', `import helper\n${marking}`);
    expect(await isOutline(id)).toBe(false);
    await save('helper.py', 'WORD = 2\n');
    expect(await isOutline(id)).toBe(false);
    expect(await marks()).toBe(4);
    expect(await backend.approvals?.list()).toMatchObject([{ scope: 'folder', path: workspace }]);
  });

  it('covers files that compiling reads, and ends with a change from elsewhere', async () => {
    const pipeline = 'scoring.py:scoring' as PipelineId;
    expect(await isOutline(pipeline)).toBe(false);
    await save('settings.yaml', 'base: 7\n');
    expect((await describes(pipeline)).parameters[0]?.default).toBe(7);
    await write('settings.yaml', 'base: 8\n');
    expect(await isOutline(pipeline)).toBe(true);
    await save('settings.yaml', 'base: 9\n');
    expect(await isOutline(pipeline)).toBe(true);
  });

  it('covers no file that another program wrote or changed', async () => {
    await write('evil.py', marking);
    expect(await isOutline('evil.py:marking' as PipelineId)).toBe(true);
    await write('steps/score.py', `${score}# changed\n`);
    expect(await isOutline('scoring.py:scoring' as PipelineId)).toBe(true);
    await save('steps/score.py', `${score}# saved over it\n`);
    expect(await isOutline('scoring.py:scoring' as PipelineId)).toBe(true);
    await save('marking.py', `import evil\n${marking}`);
    expect(await isOutline(id)).toBe(true);
    expect(await marks()).toBe(0);
  });

  it('is revoked together with all of its files', async () => {
    expect(await isOutline(id)).toBe(false);
    await backend.approvals?.revoke([`folder:${workspace}`]);
    expect(await isOutline(id)).toBe(true);
    expect(await stat(path.join(workspace, 'mark'))).toBeDefined();
  });
});
