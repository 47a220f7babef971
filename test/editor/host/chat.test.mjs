import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answerWith, extension, say } from './support/extension.mjs';
import { putEndedRun, runFolders } from './support/home.mjs';
import { putMarking } from './support/marking.mjs';

describe('@mlops in the chat', function () {
  this.timeout(90_000);

  before(async () => {
    await extension.activate();
    await vscode.lm.selectChatModels({ vendor: 'mlops-basics' });
  });
  beforeEach(async () => {
    await vscode.commands.executeCommand('workbench.action.chat.newChat');
    await vscode.commands.executeCommand('workbench.action.chat.resetTrustedTools');
  });

  it('remembers what it listed, and is about none of it', async () => {
    const { focus, followUps } = (await say('@mlops list pipelines')).metadata;
    const { lists, ...single } = focus;
    assert.deepEqual(single, {});
    assert.deepEqual([lists[0].kind, lists[0].connection], ['pipeline', 'this-machine']);
    assert.ok(lists[0].names.includes('first-bug'));
    assert.deepEqual(followUps, [{ prompt: 'list runs' }]);
  });

  it('answers, remembers what the turn was about, and offers what to say next', async () => {
    const { metadata, errorDetails } = await say('@mlops describe first-bug');
    assert.equal(errorDetails, undefined);
    const { at, ...left } = metadata;
    assert.ok(at <= Date.now());
    assert.deepEqual(left, {
      focus: { connection: 'this-machine', pipeline: 'first-bug' },
      agent: 'mlops',
      followUps: ['run first-bug', 'list runs of first-bug'].map((prompt) => ({ prompt })),
    });
  });

  it('understands slash commands and help', async () => {
    const { metadata } = await say('@mlops /runs');
    assert.ok(metadata.followUps.length > 0);
    assert.deepEqual((await say('@mlops /help')).metadata.followUps[0], { prompt: 'list pipelines' });
  });

  it('knows in the next turn what "it" is', async () => {
    const id = putEndedRun({ number: 41, pipeline: 'remembered' });
    assert.equal((await say(`@mlops describe run ${id}`)).metadata.focus.run, id);
    assert.equal((await say('@mlops how did it do?')).metadata.focus.run, id);
  });

  it('asks before it runs a pipeline, and runs nothing when the person skips', async () => {
    const before = runFolders();
    const asked = await say('@mlops run iris/iris.yaml');
    assert.equal(asked.type, 'confirmation', JSON.stringify(asked));
    assert.equal(asked.kind, 'toolInvocation');
    assert.equal(asked.toolId, 'mlops_run_pipeline');
    await vscode.commands.executeCommand('workbench.action.chat.skipTool');
    await answerWith(/skipped/i);
    assert.deepEqual(runFolders(), before);
  });

  it('runs nothing of a Python file that it describes, or that the person skips', async () => {
    const python = putMarking();
    try {
      await say('@mlops describe marking');
      await answerWith(/The file was not run/);
      const asked = await say('@mlops run marking');
      assert.equal(asked.type, 'confirmation', JSON.stringify(asked));
      await vscode.commands.executeCommand('workbench.action.chat.skipTool');
      await answerWith(/skipped/i);
      assert.equal(python.wasRun(), false);
    } finally {
      python.remove();
    }
  });
});
