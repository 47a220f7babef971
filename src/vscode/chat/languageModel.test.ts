import { expect, it } from 'vitest';
import * as vscode from 'vscode';
import type { ModelPart } from '../../core/ports/languageModel.ts';
import { createLanguageModel } from './languageModel.ts';

type Send = vscode.LanguageModelChat['sendRequest'];

const model = (more: object): vscode.LanguageModelChat =>
  ({ name: 'Small', maxInputTokens: 1000, ...more }) as unknown as vscode.LanguageModelChat;
const signal = new AbortController().signal;

async function answerOf(send: Send): Promise<readonly ModelPart[]> {
  const parts: ModelPart[] = [];
  for await (const part of createLanguageModel(model({ sendRequest: send })).send([], [], signal))
    parts.push(part);
  return parts;
}

it.each([
  [{ capabilities: { supportsToolCalling: false } }, false],
  [{ capabilities: { supportsToolCalling: true } }, true],
  [{}, true],
])('a model with %j calls tools: %s', (more, callsTools) => {
  expect(createLanguageModel(model(more)).callsTools).toBe(callsTools);
});

it('passes on text and calls as they come and leaves out unknown parts', async () => {
  const parts = [
    new vscode.LanguageModelTextPart('Hello'),
    { thinking: 'hm' },
    new vscode.LanguageModelToolCallPart('1', 'mlops_list_runs', { state: 'failed' }),
  ];
  const stream = (async function* () {
    yield* parts;
  })();
  expect(await answerOf((async () => ({ stream })) as unknown as Send)).toEqual([
    { kind: 'text', text: 'Hello' },
    { kind: 'call', call: { id: '1', name: 'mlops_list_runs', input: { state: 'failed' } } },
  ]);
});

it('names the model that did not answer', async () => {
  const send = (async () => {
    throw new Error('socket hang up');
  }) as unknown as Send;
  await expect(answerOf(send)).rejects.toThrow('The model Small did not answer: socket hang up');
});
