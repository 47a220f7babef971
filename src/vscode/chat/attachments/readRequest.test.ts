import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as vscode from 'vscode';
import type { Focus } from '../../../core/domain/focus.ts';
import { thisMachine } from '../../../core/domain/connection.ts';
import { aRun, aTask } from '../../../../test/fakes/aRun.ts';
import { connectionTo, FakeConnections } from '../../../../test/fakes/fakeConnections.ts';
import { FakePipelineBackend } from '../../../../test/fakes/fakePipelineBackend.ts';
import { SilentLog } from '../../../../test/fakes/silentLog.ts';
import type { Services } from '../../services.ts';
import { readRequest } from './readRequest.ts';

const signal = new AbortController().signal;

/** Two pipelines of one file, and what one of them is made of. */
const code = `from kfp import dsl

@dsl.component
def train(n: int) -> int:
    return n

@dsl.pipeline
def churn(n: int = 1):
    train(n=n)

@dsl.pipeline
def nightly():
    train(n=2)
`;

describe('readRequest', () => {
  let backend: FakePipelineBackend;
  let folder: string;
  beforeEach(() => {
    backend = new FakePipelineBackend();
    backend.addPipeline({ name: 'iris' });
    folder = mkdtempSync(join(tmpdir(), 'mlops-request-'));
  });
  afterEach(() => {
    Object.assign(vscode.window, { activeTextEditor: undefined });
    rmSync(folder, { recursive: true });
  });

  const iris = vscode.Uri.file('/workspace/iris.yaml');
  const readme = vscode.Uri.file('/workspace/README.md');
  const file = (uri: vscode.Uri, more: object = {}) => ({ id: 'vscode.file', value: uri, ...more });
  const line = (uri: vscode.Uri, number: number) =>
    new vscode.Location(uri, new vscode.Range(number - 1, 0, number - 1, 4));

  const read = (prompt: string, references: vscode.ChatPromptReference[] = [], focus: Focus = {}) => {
    const services = {
      connections: new FakeConnections(connectionTo(backend)),
      log: new SilentLog(),
    } as unknown as Services;
    return readRequest(services, { command: undefined, prompt, references }, focus, signal);
  };
  const openInFront = (uri: vscode.Uri, selected?: readonly [number, number]) => {
    const [start, end] = selected ?? [1, 1];
    const range = new vscode.Range(start - 1, 0, end - 1, selected === undefined ? 0 : 4);
    const selection = Object.assign(range, { isEmpty: selected === undefined });
    Object.assign(vscode.window, { activeTextEditor: { document: { uri }, selection } });
  };
  /** A Python file with two pipelines, as the backend lists them. */
  const python = () => {
    const path = join(folder, 'churn.py');
    writeFileSync(path, code);
    for (const name of ['churn', 'nightly'])
      backend.addPipeline({
        name,
        id: `churn.py:${name}`,
        source: { kind: 'python', file: path, label: 'churn.py', function: name },
      });
    return vscode.Uri.file(path);
  };

  it('keeps the focus of the conversation when nothing is attached', async () => {
    openInFront(iris);
    const focus = { run: 'churn-1' };
    for (const prompt of ['list runs', 'why did it fail', 'run churn', 'run this'])
      expect(await read(prompt, [], focus)).toEqual({ person: prompt, focus, attachments: [] });
  });

  it('focuses on the pipeline of an attached file and drops the last run', async () => {
    const { focus, attachments } = await read('run it', [file(iris)], { run: 'churn-1', bucket: 'a/' });
    expect(focus).toEqual({ connection: thisMachine, pipeline: 'iris' });
    expect(attachments).toEqual([{ name: 'iris.yaml', uri: iris }]);
  });

  it('calls the file "this file" where the sentence does, else gives its path', async () => {
    expect((await read('run #file:iris.yaml now', [file(iris, { range: [4, 19] })])).person).toBe(
      'run this file now',
    );
    expect((await read('explain #file:README.md', [file(readme, { range: [8, 23] })])).person).toBe(
      'explain `README.md`',
    );
    const both = [file(iris, { range: [8, 23] }), file(readme, { range: [28, 43] })];
    expect((await read('compare #file:iris.yaml and #file:README.md', both)).person).toBe(
      'compare `iris.yaml` and `README.md`',
    );
  });

  it('keeps what was listed when a file moves the focus', async () => {
    const lists = [{ kind: 'run', connection: thisMachine, names: ['churn-2', 'churn-1'] }] as const;
    const { focus } = await read('run it', [file(iris)], { run: 'churn-1', lists });
    expect(focus).toEqual({ connection: thisMachine, pipeline: 'iris', lists });
  });

  it('focuses on the pipeline and the function that contain the selection', async () => {
    const uri = python();
    const focusAtLine = async (number: number) =>
      (await read('run this', [file(uri, { value: line(uri, number) })])).focus;
    expect(await focusAtLine(8)).toEqual({ connection: thisMachine, pipeline: 'churn', function: 'churn' });
    expect(await focusAtLine(12)).toEqual({
      connection: thisMachine,
      pipeline: 'nightly',
      function: 'nightly',
    });
    // Both use it: the file is named, and whoever runs it is asked which.
    expect(await focusAtLine(5)).toEqual({
      connection: thisMachine,
      pipeline: 'churn.py',
      function: 'train',
    });
  });

  it('lists a file once, with its selection', async () => {
    const selected = file(iris, { value: line(iris, 3) });
    const { attachments } = await read('explain this', [file(iris), selected, file(iris), selected]);
    expect(attachments).toMatchObject([{ name: 'iris.yaml', selected: { start: 2, end: 2 } }]);
  });

  it('focuses on the last failed run of the pipeline when the question is why it fails', async () => {
    const pipeline = { id: 'iris.yaml' as never, name: 'iris' };
    const failed = [
      aTask({ path: 'train', state: 'failed', error: { kind: 'user', type: 'KeyError', message: 'x' } }),
    ];
    backend.addRun(aRun({ id: 'iris-1', pipeline, state: 'failed', tasks: failed }));
    backend.addRun(aRun({ id: 'iris-2', pipeline }));
    backend.addRun(aRun({ id: 'churn-3', pipeline: { id: 'x' as never, name: 'churn' }, state: 'failed' }));
    const { focus } = await read('why does this line fail?', [file(iris, { value: line(iris, 3) })]);
    expect(focus).toEqual({ connection: thisMachine, pipeline: 'iris', run: 'iris-1', task: 'train' });
  });

  it('attaches the active file when the sentence refers to it, and then the model reads it', async () => {
    openInFront(iris);
    for (const prompt of ['run this pipeline', 'what does this yaml file do', 'why does this line fail']) {
      const { focus, attachments } = await read(prompt, [], { run: 'churn-1' });
      expect(focus).toEqual({ connection: thisMachine, pipeline: 'iris' });
      expect(attachments).toMatchObject([{ name: 'iris.yaml', inFront: true }]);
    }
  });

  it('focuses on the pipeline of the active file for "run this" without attachments, and no model reads the file', async () => {
    openInFront(iris);
    const { focus, attachments } = await read('run this');
    expect(focus).toEqual({ connection: thisMachine, pipeline: 'iris' });
    expect(attachments).toEqual([]);
  });

  it('attaches the line of the cursor or the selection in the active file', async () => {
    openInFront(iris);
    expect((await read('explain this line')).attachments).toMatchObject([{ selected: { start: 0, end: 0 } }]);
    openInFront(iris, [3, 5]);
    expect((await read('explain this file')).attachments).toMatchObject([{ selected: { start: 2, end: 4 } }]);
  });

  it('ignores an active file without a pipeline when "this pipeline" is another one', async () => {
    openInFront(readme);
    const focus = { pipeline: 'iris' };
    expect(await read('run this pipeline', [], focus)).toMatchObject({ focus, attachments: [] });
    expect((await read('explain this file', [], focus)).attachments).toMatchObject([{ name: 'README.md' }]);
  });

  it('uses the editor’s implicit context only where the sentence says "this"', async () => {
    const implied = [{ id: 'vscode.implicit.file', value: iris }];
    const focus = { run: 'churn-1' };
    expect((await read('how did it go', implied, focus)).focus).toEqual(focus);
    expect((await read('run this', implied, focus)).focus).toMatchObject({ pipeline: 'iris' });
    const selected = [{ id: 'vscode.implicit.selection', value: line(iris, 3) }];
    expect((await read('what is new', selected)).attachments).toMatchObject([{ selectedAlone: true }]);
    expect((await read('explain this', selected)).attachments[0]).not.toHaveProperty('selectedAlone');
  });

  it('ignores what the editor sends to its own agents', async () => {
    const ids = ['vscode.customizations.index', 'vscode.instructions.file.root__file:///workspace/a.md'];
    const { attachments } = await read(
      'run this',
      ids.map((id) => ({ id, value: 'You can run subagents.' })),
    );
    expect(attachments).toEqual([]);
  });

  it('sets no focus when several files contain several pipelines', async () => {
    const { focus, attachments } = await read('compare these', [file(iris), file(python())], {
      run: 'iris-1',
    });
    expect(focus).toEqual({ run: 'iris-1' });
    expect(attachments).toHaveLength(2);
  });
});
