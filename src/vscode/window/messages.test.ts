import { beforeEach, describe, expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { shown } from '../../../test/vscode/shim.ts';
import { endMessage } from '../notifications/endMessage.ts';
import { named, textParagraph } from '../../core/domain/question.ts';
import { ask } from './askQuestion.ts';
import { askModal, complain, inform, mention, showProgress } from './messages.ts';

const link = '[Fix it](command:workbench.action.terminal.new)';
const literally = '[Fix it] (command:workbench.action.terminal.new)';

beforeEach(() => {
  shown.messages.length = 0;
});

describe('messages of the window', () => {
  it.each([
    ['information', () => inform(link)],
    ['error', () => complain(link)],
    ['progress', () => showProgress(link, async () => undefined)],
    ['status', async () => mention(link, 1)],
  ] as const)('render no link (%s)', async (kind, show) => {
    await show();
    expect(shown.messages).toEqual([{ kind, text: literally, buttons: [] }]);
  });

  it('show links in the text of exceptions and metrics literally', async () => {
    const error = { kind: 'task', type: link, message: link, task: link };
    await complain(endMessage(aRun({ state: 'failed', error })).text);
    const metric = { name: `$(rocket) ${link}`, value: 1, task: 'train', artifact: 'metrics' };
    await inform(endMessage(aRun({ metrics: [metric] })).text);
    expect(shown.messages.map(({ text }) => text)).toEqual([
      `iris-12 failed in ${literally}: ${literally}: ${literally}`,
      `iris-12 succeeded in 8 s: $ (rocket) ${literally} 1`,
    ]);
  });

  it('return the chosen button with its original text', async () => {
    expect(await inform('x', 'Show [a](b)')).toBe('Show [a](b)');
    expect(await askModal({ title: 'x', detail: '' }, 'Run \u202e')).toBe('Run \u202e');
    expect(shown.messages.map(({ buttons }) => buttons)).toEqual([['Show [a] (b)'], ['Run ⟨U+202E⟩']]);
  });
});

describe('modal questions', () => {
  it('have a title of one line, without invisible characters', async () => {
    await askModal({
      title: 'Run a\n\nNothing is installed.\n?',
      detail: 'file = a\u202egpj.exe\nb',
      warns: true,
    });
    expect(shown.messages).toEqual([
      {
        kind: 'warning',
        text: 'Run a Nothing is installed. ?',
        detail: 'file = a⟨U+202E⟩gpj.exe\nb',
        buttons: [],
      },
    ]);
  });

  it('keep brackets and dollar signs, since a modal renders neither', async () => {
    await askModal({ title: link, detail: `$(pwd) ${link}` });
    expect(shown.messages[0]).toMatchObject({ kind: 'information', text: link, detail: `$(pwd) ${link}` });
  });

  it('are shown before something is destroyed', async () => {
    const title = ['Delete ', named('a\u200bb'), '?'];
    const question = { title, verb: 'Delete', paragraphs: [textParagraph('Its log goes.')] };
    expect(await ask(question)).toBe(true);
    expect(shown.messages[0]).toMatchObject({
      kind: 'warning',
      text: 'Delete a⟨U+200B⟩b?',
      buttons: ['Delete'],
    });
  });
});
