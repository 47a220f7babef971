// In a window whose folder is not trusted. Started with trust on (MLOPS_HOST_TRUST=1).
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { answerWith, extension, invoke, say } from '../support/extension.mjs';
import { putEndedRun, runFolders } from '../support/home.mjs';
import { ranIn } from './hostileFolder.mjs';

const reason = /This workspace is in Restricted Mode, where nothing is run or changed\. Trust the workspace/;

describe('in Restricted Mode', function () {
  this.timeout(90_000);
  let run;
  before(async () => {
    assert.equal(vscode.workspace.isTrusted, false, 'these tests need a folder that is not trusted');
    run = putEndedRun({ number: 5, pipeline: 'restricted' });
    await extension.activate();
    await vscode.lm.selectChatModels({ vendor: 'mlops-basics' });
  });

  it('is active', () => assert.equal(extension.isActive, true));

  it('lists and describes', async () => {
    assert.match(await invoke('mlops_list_pipelines'), /`iris` \(`iris\/iris\.yaml`\)/);
    assert.match(await invoke('mlops_describe_pipeline', { pipeline: 'iris/iris.yaml' }), /max_depth/);
    assert.match(await invoke('mlops_list_runs'), new RegExp(run));
    assert.match(await invoke('mlops_describe_run', { run }), /succeeded/i);
  });

  it('refuses to run, stop and delete, with the reason', async () => {
    const folders = runFolders();
    await assert.rejects(invoke('mlops_run_pipeline', { pipeline: 'iris/iris.yaml' }), reason);
    await assert.rejects(invoke('mlops_stop_run', { run }), reason);
    await assert.rejects(invoke('mlops_delete_runs', { run }), reason);
    assert.deepEqual(runFolders(), folders);
  });

  it('runs no program of the folder for the view, a Python file, a list or a description', async () => {
    const { fsPath: folder } = vscode.workspace.workspaceFolders[0].uri;
    const zoo = vscode.Uri.file(path.join(folder, 'zoo.py'));
    const hasPython = (place) => fs.existsSync(path.join(place, 'python3'));
    const first = process.env.PATH.split(path.delimiter).find(hasPython);
    assert.equal(first, path.join(folder, 'bin'), 'the first Python on the PATH is the one of the folder');
    await vscode.commands.executeCommand('mlops.pipelines.focus');
    await vscode.window.showTextDocument(zoo);
    await vscode.commands.executeCommand('vscode.executeCodeLensProvider', zoo);
    const listed = await invoke('mlops_list_pipelines');
    const described = await invoke('mlops_describe_pipeline', { pipeline: 'zoo-of-the-folder' });
    await assert.rejects(invoke('mlops_run_pipeline', { pipeline: 'iris/iris.yaml' }), reason);
    assert.equal(fs.existsSync(ranIn(folder)) ? fs.readFileSync(ranIn(folder), 'utf8') : '', '');
    assert.match(listed, /`zoo-of-the-folder`/);
    assert.match(described, /was not run/);
  });

  it('has no value of the workspace for settings that need trust', () => {
    const { restrictedConfigurations } = extension.packageJSON.capabilities.untrustedWorkspaces;
    assert.ok(restrictedConfigurations.includes('mlops.local.python'));
    for (const key of restrictedConfigurations) {
      const { workspaceValue, workspaceFolderValue } = vscode.workspace.getConfiguration().inspect(key);
      assert.deepEqual([workspaceValue, workspaceFolderValue], [undefined, undefined], key);
    }
  });

  it('answers in the chat, and asks nobody about what it may not do', async () => {
    const { focus } = (await say('@mlops list pipelines')).metadata;
    assert.ok(focus.lists[0].names.includes('first-bug'));
    const refused = await say('@mlops run iris/iris.yaml');
    assert.notEqual(refused.type, 'confirmation');
    await answerWith(/This workspace is in Restricted Mode/);
    assert.equal(runFolders().length, 1);
  });
});
