// In a window whose folder is not trusted. Started with trust on (MLOPS_HOST_TRUST=1).
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answerWith, extension, invoke, say } from '../support/extension.mjs';
import { putEndedRun, runFolders } from '../support/home.mjs';

const REASON =
  /This workspace is in Restricted Mode, where nothing is run or changed\. Trust the workspace first/;

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
    assert.match(await invoke('mlops_run_pipeline', { pipeline: 'iris/iris.yaml' }), REASON);
    assert.match(await invoke('mlops_stop_run', { run }), REASON);
    assert.match(await invoke('mlops_delete_run', { run }), REASON);
    assert.deepEqual(runFolders(), folders);
  });

  it('answers in the chat, and asks nobody about what it may not do', async () => {
    assert.equal((await say('@mlops list pipelines')).metadata.focus.pipeline, 'first-bug');
    const refused = await say('@mlops run iris/iris.yaml');
    assert.notEqual(refused.type, 'confirmation');
    await answerWith(/This workspace is in Restricted Mode/);
    assert.equal(runFolders().length, 1);
  });
});
