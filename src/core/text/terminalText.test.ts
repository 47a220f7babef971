import { expect, it } from 'vitest';
import { asOnTerminal, printedText } from './terminalText.ts';

async function* bytes(...parts: readonly (string | readonly number[])[]): AsyncGenerator<Uint8Array> {
  for (const part of parts)
    yield typeof part === 'string' ? new TextEncoder().encode(part) : Uint8Array.from(part);
}

it('takes out terminal colours, keeps tabs and lines, and shows other control characters as dots', async () => {
  expect(await printedText(bytes('\u001b[31mred\u001b[0m\tend\r\n\u0000\u0007'))).toBe('red\tend\r\n··');
});

it.each([
  ['[INFO] loading data\n[WARNING] 3 rows dropped', '[INFO] loading data\n[WARNING] 3 rows dropped'],
  ['one\r\n[2A] two\t[x] box', 'one\r\n[2A] two\t[x] box'],
  ['\u0007[31m', '·[31m'],
  ['\u009b1;31mred\u009bm', 'red'],
  ['\u001b[2K\u001b[1A\u001b[?25lbar', 'bar'],
  ['\u001b]8;;https://example.org\u001b\\link\u001b]8;;\u0007', 'link'],
  ['\u001b(Bplain\u001b7\u001bM', 'plain'],
  ['\u001b]never ended\n[next]', 'never ended\n[next]'],
])('a bracket is part of an escape sequence after ESC or CSI alone: %j', async (written, shown) => {
  expect(await printedText(bytes(written))).toBe(shown);
});

it('a character that is cut between two parts is whole, bytes that are no UTF-8 are replaced', async () => {
  expect(await printedText(bytes([0xe2, 0x82], [0xac, 0xff]))).toBe('€\ufffd');
});

it('what was written over is gone, as on a terminal', () => {
  expect(asOnTerminal('one\r\ntwo\n 10%\r 50%\r100%\nnow\r')).toBe('one\ntwo\n100%\nnow');
  expect(asOnTerminal('\u001b[31mred\u001b[0m\u0007')).toBe('red·');
});
