import { expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { aboutAnswer } from '../../core/agents/about.ts';
import { thisMachine } from '../../core/domain/connection.ts';
import type { CallMentions, Mention } from '../../core/domain/mention.ts';
import type { RunId } from '../../core/domain/run.ts';
import type { Services } from '../services.ts';
import { showMentions } from './showMentions.ts';

const run = (id: string): Mention => ({
  kind: 'run',
  connection: thisMachine,
  id: id as RunId,
  label: id,
  state: 'succeeded',
  pipeline: 'iris',
});

/** The buttons under an answer, and what it refers to. */
async function shown(calls: readonly CallMentions[], text: string) {
  const [buttons, references] = [[] as string[], [] as string[]];
  const stream = {
    button: ({ title }: vscode.Command) => void buttons.push(title),
    reference: (target: vscode.Uri) => void references.push(target.path),
  } as unknown as vscode.ChatResponseStream;
  await showMentions({} as Services, stream, aboutAnswer(calls, text));
  return { buttons, references };
}

it('an answer about several runs has references to them and no button', async () => {
  const calls = [{ writes: false, mentions: [run('iris-2'), run('iris-1')] }];
  expect(await shown(calls, 'Two runs.')).toEqual({
    buttons: [],
    references: ['/runs/iris-2.md', '/runs/iris-1.md'],
  });
});

it('after several runs were started, the button is of the last one, which is referred to first', async () => {
  const calls = ['iris-1', 'iris-2', 'iris-3'].map((id) => ({ writes: true, mentions: [run(id)] }));
  expect(await shown(calls, 'All three succeeded.')).toEqual({
    buttons: ['Results of iris-3'],
    references: ['/runs/iris-3.md', '/runs/iris-1.md', '/runs/iris-2.md'],
  });
});

it('the line of a failure is offered only where there is one', async () => {
  const failed: Mention = { ...run('iris-4'), state: 'failed', failedTask: 'train' } as Mention;
  const titles = async (mention: Mention) =>
    (await shown([{ writes: false, mentions: [mention] }], 'It failed.')).buttons;
  expect(await titles(failed)).toEqual(['Results of iris-4']);
  expect(await titles({ ...failed, failedLine: true } as Mention)).toEqual([
    'Results of iris-4',
    'Go to line',
  ]);
});

it('a run that was deleted has neither', async () => {
  const deleted: Mention = { kind: 'deleted', connection: thisMachine, run: 'iris-1' as RunId };
  const calls = [
    { writes: false, mentions: [run('iris-1')] },
    { writes: true, mentions: [deleted] },
  ];
  expect(await shown(calls, 'Deleted iris-1.')).toEqual({ buttons: [], references: [] });
});

it('an answer about one object has a button for its preview', async () => {
  const object: Mention = { kind: 'object', connection: thisMachine, bucket: 'models', key: '4/card.md' };
  const services = {
    connections: {
      all: [],
      get: () => ({ info: { name: 'Objects' }, store: async () => ({}) }),
    },
  } as unknown as Services;
  const buttons: vscode.Command[] = [];
  const stream = {
    button: (button: vscode.Command) => void buttons.push(button),
    reference: () => undefined,
  } as unknown as vscode.ChatResponseStream;
  await showMentions(services, stream, aboutAnswer([{ writes: false, mentions: [object] }], ''));
  expect(buttons).toEqual([
    {
      command: 'mlops.previewObject',
      title: 'Preview card.md',
      arguments: [{ connection: thisMachine, bucket: 'models', key: '4/card.md' }],
    },
  ]);
});
