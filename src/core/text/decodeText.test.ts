import { expect, it } from 'vitest';
import { asOnTerminal, decodeText } from './decodeText.ts';

async function* bytes(...parts: readonly (string | readonly number[])[]): AsyncGenerator<Uint8Array> {
  for (const part of parts)
    yield typeof part === 'string' ? new TextEncoder().encode(part) : Uint8Array.from(part);
}

it('takes out terminal colours, keeps tabs and lines, and shows other control characters as dots', async () => {
  expect(await decodeText(bytes('\u001b[31mred\u001b[0m\tend\r\n\u0000\u0007'))).toBe('red\tend\r\n··');
});

it('a character that is cut between two parts is whole, bytes that are no UTF-8 are replaced', async () => {
  expect(await decodeText(bytes([0xe2, 0x82], [0xac, 0xff]))).toBe('€\ufffd');
});

it('what was written over is gone, as on a terminal', () => {
  expect(asOnTerminal('one\r\ntwo\n 10%\r 50%\r100%\nnow\r')).toBe('one\ntwo\n100%\nnow');
  expect(asOnTerminal('\u001b[31mred\u001b[0m\u0007')).toBe('red·');
});
