import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension } from './support/extension.mjs';

describe('MLOps Basics', () => {
  let model;
  before(async () => {
    await extension.activate();
    [model] = await vscode.lm.selectChatModels({ vendor: 'mlops-basics' });
  });

  const ask = async (sentence, tools = []) => {
    const messages = [vscode.LanguageModelChatMessage.User(sentence)];
    const response = await model.sendRequest(messages, { tools });
    const parts = [];
    for await (const part of response.stream) parts.push(part);
    return parts;
  };

  it('is among the models of the editor, without an account', () => {
    assert.equal(model?.name, 'MLOps Basics');
    assert.ok(model.maxInputTokens > 0);
  });

  it('says what can be said', async () => {
    const [part] = await ask('help');
    assert.ok(part instanceof vscode.LanguageModelTextPart);
    assert.match(part.value, /no AI.*`list pipelines`/s);
  });

  it('calls a tool that it is offered, and says so when it is not', async () => {
    const { name, description, inputSchema } = vscode.lm.tools.find(
      (tool) => tool.name === 'mlops_list_pipelines',
    );
    const [call] = await ask('list pipelines', [{ name, description, inputSchema }]);
    assert.ok(call instanceof vscode.LanguageModelToolCallPart);
    assert.deepEqual([call.name, call.input], ['mlops_list_pipelines', {}]);
    const [text] = await ask('list pipelines');
    assert.match(text.value, /mlops_list_pipelines is switched off/);
  });

  it('counts tokens', async () => {
    assert.ok((await model.countTokens('list pipelines')) > 0);
  });
});
