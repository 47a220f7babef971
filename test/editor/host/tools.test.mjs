import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { extension, invoke } from './support/extension.mjs';
import { keepEnvironments, putEndedRun, runFolders } from './support/home.mjs';
import { putMarking } from './support/marking.mjs';

describe('tools', () => {
  before(() => extension.activate());

  it('lists the pipelines of the workspace', async () => {
    assert.match(
      await invoke('mlops_list_pipelines'),
      /^- `iris` \(`iris\/iris\.yaml`\): Trains a decision tree/m,
    );
  });

  it('describes a pipeline with its parameters', async () => {
    const text = await invoke('mlops_describe_pipeline', { pipeline: 'iris/iris.yaml' });
    assert.match(text, /max_depth/);
  });

  it('answers in words when the input does not fit', async () => {
    assert.equal(
      await invoke('mlops_list_pipelines', { txt: 'iris' }),
      'The input of mlops_list_pipelines does not fit: there is no field txt. It takes text, versions, page.',
    );
    assert.match(
      await invoke('mlops_describe_pipeline'),
      /^The input of mlops_describe_pipeline does not fit: pipeline is missing\. /,
    );
    assert.match(await invoke('mlops_describe_pipeline', { pipeline: 'iriss' }), /iriss.*`?iris/s);
    await assert.rejects(invoke('mlops_stop_run', { run: 'iris-99' }), /iris-99/);
  });

  it('finds runs in the home that the setting names', async () => {
    const id = putEndedRun({ number: 7, pipeline: 'settings' });
    assert.match(await invoke('mlops_list_runs'), new RegExp(`\`${id}\``));
  });
});

describe('a run by tools', function () {
  this.timeout(180_000);
  let file;
  before(async () => {
    await extension.activate();
    keepEnvironments();
    const [folder] = vscode.workspace.workspaceFolders;
    file = path.join(folder.uri.fsPath, 'four-tasks.yaml');
    fs.copyFileSync(path.join(extension.extensionPath, 'test', 'bench', 'fourTasks.yaml'), file);
  });
  after(() => fs.rmSync(file, { force: true }));

  it('is carried out on this machine, described, and deleted when the person says so', async () => {
    const before = new Set(runFolders());
    const text = await invoke('mlops_run_pipeline', {
      pipeline: 'four-tasks',
      parameters: { start: 1 },
      wait: 120,
    });
    assert.match(text, /four-tasks-\d+/);
    assert.match(text, /succeeded/i);
    const [number] = runFolders().filter((name) => !before.has(name));
    const id = `four-tasks-${number}`;
    assert.match(await invoke('mlops_describe_run', { run: id }), /add-4/);

    await answering(undefined, () => invoke('mlops_delete_runs', { run: id }));
    assert.ok(runFolders().includes(number), 'deleted though the person left the question');
    await answering('Delete', () => invoke('mlops_delete_runs', { run: id }));
    assert.ok(!runFolders().includes(number), 'still there');
  });
});

describe('a Python file by tools', function () {
  this.timeout(180_000);
  let python;
  before(async () => {
    await extension.activate();
    keepEnvironments();
    python = putMarking();
  });
  after(() => python.remove());

  it('is described without being run, and run when the person says so', async () => {
    const text = await invoke('mlops_describe_pipeline', { pipeline: 'marking' });
    assert.match(text, /The file was not run/);
    assert.match(text, /`word` \(string, default `hello`\)/);
    assert.equal(python.wasRun(), false);
    const ran = await invoke('mlops_run_pipeline', { pipeline: 'marking', wait: 120 });
    assert.match(ran, /marking-\d+.*succeeded/);
    assert.equal(python.wasRun(), true);
    assert.doesNotMatch(await invoke('mlops_describe_pipeline', { pipeline: 'marking' }), /was not run/);
    const [run] = /marking-\d+/.exec(ran);
    await answering('Delete', () => invoke('mlops_delete_runs', { run }));
  });
});

/** The host of a test run refuses modals, so the answer is given in their place. */
async function answering(answer, act) {
  const ask = vscode.window.showWarningMessage;
  let asked = 0;
  vscode.window.showWarningMessage = async () => ((asked += 1), answer);
  try {
    await act();
  } finally {
    vscode.window.showWarningMessage = ask;
  }
  assert.equal(asked, 1, 'how often the person was asked');
}
