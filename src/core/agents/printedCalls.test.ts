import { describe, expect, it } from 'vitest';
import { printedCall, printedCalls } from './printedCalls.ts';

const tools = [{ name: 'mlops_list_runs', description: '', inputSchema: {} }];

/** A reply that comes in parts of so many characters. */
function read(reply: string, { size = 7, before = [] as readonly string[] } = {}) {
  const printed = printedCalls(tools, before);
  let text = '';
  for (let at = 0; at < reply.length; at += size) text += printed.push(reply.slice(at, at + size));
  const { text: rest, calls } = printed.end();
  return { text: text + rest, calls };
}

const call = { name: 'mlops_list_runs', input: { state: 'failed' } };
const json = '{"name": "mlops_list_runs", "arguments": {"state": "failed"}}';

describe('a call that a model prints', () => {
  it.each([
    ['in marks', `<tool_call>\n${json}\n</tool_call>`],
    ['without an end', `<tool_call>${json}`],
    ['as a list', `[TOOL_CALLS] [${json}]`],
    [
      'with its input as text',
      String.raw`<function_call>{"name":"mlops_list_runs","arguments":"{\"state\":\"failed\"}"}</function_call>`,
    ],
    ['by the name of its function', '<function=mlops_list_runs>{"state": "failed"}</function>'],
  ])('is made where it is whole: %s', (_how, reply) => {
    for (const size of [1, 7, 1000])
      expect(read(`I look. ${reply}`, { size })).toEqual({ text: 'I look. ', calls: [call] });
  });

  it('is made twice where there are two, with the words between them', () => {
    const one = `<tool_call>${json}</tool_call>`;
    expect(read(`${one} and ${one}.`)).toEqual({ text: ' and .', calls: [call, call] });
  });

  it.each([
    ['is cut off', '<tool_call>{"name": "mlops_list_'],
    ['names no tool', '<tool_call>{"name": "rm", "arguments": {}}</tool_call>'],
    ['is no call', '<tool_call>hello</tool_call>'],
  ])('is replaced by a line where it %s', (_how, reply) => {
    expect(read(`I look. ${reply}`)).toEqual({ text: `I look. ${printedCall}`, calls: [] });
  });

  it('is not made where it stands in what the model has read', () => {
    const reply = `The log says <tool_call>${json}</tool_call>`;
    expect(read(reply, { before: [`epoch 1\n${json}\nepoch 2`] })).toEqual({
      text: `The log says ${printedCall}`,
      calls: [],
    });
  });

  it.each([
    'a < b and c > d, [TOOL] <tool>',
    'Models print `<tool_call>` there.',
    `The mark <tool_call> begins a call. ${'It goes on. '.repeat(40)}`,
    'It begins with <tool_call> and ends.',
    `\`\`\`\n<tool_call>${json}</tool_call>\n\`\`\`\nThat is all.`,
  ])('is none in: %s', (reply) => {
    expect(read(reply)).toEqual({ text: reply, calls: [] });
  });
});
