import { expect, it } from 'vitest';
import { decodeText } from './decodeText.ts';

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
