import { expect, it } from 'vitest';
import { asOnTerminal, printedText } from './terminalText.ts';

async function* bytes(...parts: readonly (string | readonly number[])[]): AsyncGenerator<Uint8Array> {
  for (const part of parts)
    yield typeof part === 'string' ? new TextEncoder().encode(part) : Uint8Array.from(part);
}

it('removes terminal colours, keeps tabs and line breaks, and shows other control characters as dots', async () => {
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
])('takes a bracket for part of an escape sequence only after ESC or CSI: %j', async (written, shown) => {
  expect(await printedText(bytes(written))).toBe(shown);
});

it('joins a character split between two chunks, and replaces bytes that are not UTF-8', async () => {
  expect(await printedText(bytes([0xe2, 0x82], [0xac, 0xff]))).toBe('€\ufffd');
});

it('drops what a carriage return overwrites, as a terminal does', () => {
  expect(asOnTerminal('one\r\ntwo\n 10%\r 50%\r100%\nnow\r')).toBe('one\ntwo\n100%\nnow');
  expect(asOnTerminal('\u001b[31mred\u001b[0m\u0007')).toBe('red·');
});
