import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const extension = vscode.extensions.getExtension('mlops-chat.mlops-chat');

describe('the extension in the real host', () => {
  it('is there and activates', async () => {
    assert.ok(extension, 'the editor does not know the extension');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers every command of its manifest', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    const contributed = (extension.packageJSON.contributes.commands ?? []).map(({ command }) => command);
    assert.deepEqual(
      contributed.filter((command) => !known.has(command)),
      [],
    );
  });

  it('registers every tool of its manifest', () => {
    const known = new Set(vscode.lm.tools.map(({ name }) => name));
    const contributed = (extension.packageJSON.contributes.languageModelTools ?? []).map(({ name }) => name);
    assert.deepEqual(
      contributed.filter((name) => !known.has(name)),
      [],
    );
  });
});
