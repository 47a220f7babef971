import { describe, expect, it } from 'vitest';
import { approvalName, type AskedCall, decideCall, editorAlwaysAsks } from './consent.ts';

const name = approvalName('mlops-chat.MLOps-Chat', 'mlops_run_pipeline');

describe('whether the editor always asks', () => {
  it.each([
    [{ 'mlops-chat.mlops-chat/run_pipeline': false }, true],
    [{ 'mlops-chat.mlops-chat/run_pipeline': true }, false],
    [{ 'mlops-chat.mlops-chat/stop_run': false }, false],
    [{ run_pipeline: false }, false],
    [{}, false],
    [undefined, false],
    [false, false],
    [['mlops-chat.mlops-chat/run_pipeline'], false],
  ])('is read from the setting %j: %s', (setting, asks) => {
    expect(editorAlwaysAsks(setting, name)).toBe(asks);
  });

  it('is not taken from a property that every object has', () => {
    expect(editorAlwaysAsks({}, 'constructor')).toBe(false);
  });
});

describe('a call that changes something', () => {
  const shown = { forMs: 5000, shown: true, roundTripMs: 5, mixed: false };
  const asked: AskedCall = {
    effect: 'write',
    question: shown,
    inChat: true,
    standing: false,
    hasRead: false,
    named: true,
  };
  const { question: _, ...unasked } = asked;
  const quick = { ...shown, forMs: 20 };
  const hidden = { ...shown, shown: false };
  const far = { ...shown, forMs: 250, roundTripMs: 200 };
  const cases: readonly (readonly [string, AskedCall, ReturnType<typeof decideCall>])[] = [
    ['was answered in the chat', asked, 'run'],
    ['was answered in the chat after something was read', { ...asked, hasRead: true }, 'run'],
    ['was approved by the editor before anybody could read it', { ...asked, question: quick }, 'ask'],
    [
      'was answered in the dialog of the editor, outside a chat',
      { ...asked, question: quick, inChat: false },
      'run',
    ],
    ['was approved by the editor over a slow connection', { ...asked, question: far }, 'ask'],
    ['was answered quickly', { ...asked, question: { ...shown, forMs: 120 } }, 'run'],
    ['was approved and had a yes before', { ...asked, question: quick, standing: true }, 'run'],
    [
      'was approved after something was read',
      { ...asked, question: quick, standing: true, hasRead: true },
      'ask',
    ],
    [
      'was approved and had a yes before, but is not what the sentence names',
      { ...asked, question: quick, standing: true, named: false },
      'ask',
    ],
    ['was answered in the chat and is not what the sentence names', { ...asked, named: false }, 'run'],
    ['was not shown by the editor', { ...asked, question: hidden }, 'ask'],
    ['was not shown and had a yes before', { ...asked, question: hidden, standing: true }, 'run'],
    ['was not shown, outside a chat', { ...asked, question: hidden, inChat: false }, 'ask'],
    ['has two questions about different things', { ...asked, question: { ...shown, mixed: true } }, 'ask'],
    ['had no question', unasked, 'prepare'],
    ['had no question and a yes before', { ...unasked, standing: true }, 'prepare'],
    ['was shown too long ago', { ...asked, question: { ...shown, forMs: 600_001 } }, 'prepare'],
    ['destroys and asks by itself', { ...asked, effect: 'destroy', question: hidden }, 'run'],
    ['destroys and had no question', { ...unasked, effect: 'destroy' }, 'prepare'],
  ];

  it.each(cases)('that %s: $2', (_name, call, decision) => {
    expect(decideCall(call)).toBe(decision);
  });
});
