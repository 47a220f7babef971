import { describe, expect, it } from 'vitest';
import { linesOf, lineWindow } from './lineWindow.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`);
const top = { start: 0, end: 0 };

describe('a window of lines', () => {
  it('holds the whole text when it fits', async () => {
    expect(await lineWindow([numbers(3)], top, 1000)).toEqual({ first: 0, lines: numbers(3), more: false });
  });

  it('begins at the top and stops reading when it is full', async () => {
    let read = 0;
    const endless = (function* () {
      for (;;) yield [`line ${read++}`];
    })();
    expect(await lineWindow(endless, top, 21)).toEqual({ first: 0, lines: numbers(3), more: true });
    expect(read).toBe(4);
  });

  it('surrounds the selection with about as much before as after it', async () => {
    const { first, lines, more } = await lineWindow(
      [numbers(600), [], numbers(1000).slice(600)],
      { start: 500, end: 502 },
      90,
    );
    expect([first, lines.at(0), lines.at(-1), more]).toEqual([497, 'line 497', 'line 506', true]);
  });

  it('holds more lines before a selection at the end of the text', async () => {
    const { first, lines, more } = await lineWindow(
      [numbers(600), [], numbers(1000).slice(600)],
      { start: 999, end: 999 },
      90,
    );
    expect([first, lines.at(-1), more]).toEqual([990, 'line 999', false]);
  });

  it('keeps one line, however long', async () => {
    expect((await lineWindow([['x'.repeat(50)]], top, 10)).lines).toHaveLength(1);
  });
});

describe('lines read from bytes', () => {
  async function linesIn(parts: readonly (string | Uint8Array)[], longest = 100) {
    const bytes = async function* () {
      for (const part of parts) yield typeof part === 'string' ? new TextEncoder().encode(part) : part;
    };
    const lines: string[] = [];
    for await (const part of linesOf(bytes(), longest)) lines.push(...part);
    return lines;
  }

  it('may be split between chunks, even within a character', async () => {
    const [a, ...rest] = new TextEncoder().encode('é');
    expect(await linesIn(['on', 'e\r\ntw', new Uint8Array([a ?? 0]), new Uint8Array(rest), '\n'])).toEqual([
      'one',
      'twé',
      '',
    ]);
  });

  it('are cut at a maximum length, in whatever chunks they come', async () => {
    expect(await linesIn(['x'.repeat(7), 'x'.repeat(7), '\ny'], 10)).toEqual([`${'x'.repeat(10)}…`, 'y']);
  });

  it('are decoded as UTF-16 after its byte order mark', async () => {
    expect(await linesIn([new Uint8Array([0xff, 0xfe, 0x61, 0, 0x0a, 0, 0x62, 0])])).toEqual(['a', 'b']);
  });

  it('are refused in a file that is not text', async () => {
    await expect(linesIn([new Uint8Array([0x80, 0x04, 0x00, 0x01])])).rejects.toThrow('It is not text.');
  });
});
