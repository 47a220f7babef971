import { expect, it } from 'vitest';
import * as vscode from 'vscode';
import { FakeConnections, connectionTo } from '../../../test/fakes/fakeConnections.ts';
import { aWorld } from '../../../test/everyday/world.ts';
import { focusBlock } from '../../core/agents/focus.ts';
import { tools } from '../../core/tools/table.ts';
import { basicsVendor } from './registerBasics.ts';
import { respond } from './respond.ts';
import { nearTo } from './surroundings.ts';

const { backend, store } = aWorld();
const services = { connections: new FakeConnections(connectionTo(backend, store)) };
const offered = tools.map(({ name, modelDescription }) => ({ name, description: modelDescription }));
const token = new vscode.CancellationTokenSource().token;
const said = (content: string | vscode.LanguageModelToolResultPart[]) =>
  vscode.LanguageModelChatMessage.User(content);

function answer(...messages: readonly vscode.LanguageModelChatMessage[]) {
  const request = messages as unknown as readonly vscode.LanguageModelChatRequestMessage[];
  return respond(services, request, offered, token);
}

it('takes words for what exists', async () => {
  expect(await answer(said('launch the nightly ingest'))).toMatchObject({
    name: 'mlops_run_pipeline',
    input: { pipeline: 'nightly-ingest' },
  });
});

it('knows what the conversation is about', async () => {
  const focus = focusBlock({ pipeline: 'diabetes-svm', run: 'diabetes-svm-7' });
  expect(await answer(said(focus), said('same but with C 10'))).toMatchObject({
    name: 'mlops_run_pipeline',
    input: { like: 'diabetes-svm-7', parameters: { C: '10' } },
  });
});

it('shows what a tool answered', async () => {
  const result = new vscode.LanguageModelToolResultPart('1', [new vscode.LanguageModelTextPart('Two runs.')]);
  expect(await answer(said('list runs'), said([result]))).toMatchObject({ value: 'Two runs.' });
});

it('says the nearest things to what it does not understand, which are offered to click, too', async () => {
  const text = 'delete the artifacts of iris-12';
  expect(await answer(said(text))).toMatchObject({ value: expect.stringContaining('- `delete iris-12`') });
  const sentence = { person: text, focus: {}, places: [] };
  const { signal } = new AbortController();
  expect(await nearTo(services, { vendor: basicsVendor }, sentence, signal)).toContain('delete iris-12');
  expect(await nearTo(services, { vendor: 'copilot' }, sentence, signal)).toEqual([]);
  expect(
    await nearTo(services, { vendor: basicsVendor }, { ...sentence, person: 'list runs' }, signal),
  ).toEqual([]);
});
