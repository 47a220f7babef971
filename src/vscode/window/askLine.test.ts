import { beforeEach, expect, it } from 'vitest';
import { shown } from '../../../test/vscode/shim.ts';
import { Inputs } from './inputs.ts';
import { askLine } from './askLine.ts';

const link = '[Fix it](command:workbench.action.terminal.new)';
const literally = '[Fix it] (command:workbench.action.terminal.new)';

beforeEach(() => {
  shown.messages.length = 0;
});

it('the text below an input line contains no links', async () => {
  await askLine({ title: 'x', prompt: link, check: () => link });
  expect(shown.messages).toEqual([{ kind: 'input', text: literally, detail: literally, buttons: [] }]);
});

it('the text below an input of a form contains no links', () => {
  const inputs = new Inputs();
  const question = { title: 'x', prompt: link, placeholder: '', secret: false };
  void inputs.line({
    ...question,
    value: 'a',
    check: (line) => (line === 'good' ? undefined : `${line} ${link}`),
  });
  const [box] = shown.boxes;
  expect([box?.prompt, box?.validationMessage]).toEqual([literally, `a ${literally}`]);
  box?.type('b');
  expect(box?.validationMessage).toBe(`b ${literally}`);
  box?.type('good');
  expect(box?.validationMessage).toBeUndefined();
});
