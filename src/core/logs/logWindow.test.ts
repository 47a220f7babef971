import { describe, expect, test } from 'vitest';
import { emptyWindow, fromLine, grown, type LogWindow, windowEnd } from './logWindow.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (window: LogWindow) => new TextDecoder().decode(window.bytes);
const windowOf = (...parts: readonly string[]) =>
  parts.reduce((window, part) => grown(window, bytes(part), 20), emptyWindow());

describe('a window on a log', () => {
  test('holds all of a short log', () => {
    const window = windowOf('one\n', 'two\n');
    expect([window.start, text(window), windowEnd(window)]).toEqual([0, 'one\ntwo\n', 8]);
  });

  test('keeps the newest whole lines and knows at which byte they begin', () => {
    const window = windowOf('first line\n', 'second line\n', 'third\n');
    expect([window.start, text(window), windowEnd(window)]).toEqual([11, 'second line\nthird\n', 29]);
  });

  test('keeps a line that begins exactly at the cut', () => {
    expect(text(windowOf('0123456789\n', '0123456789012345678\n'))).toBe('0123456789012345678\n');
  });

  test('stays within its size, however much comes at once', () => {
    const window = grown(emptyWindow(), bytes('a line\n'.repeat(1000)), 20);
    expect([window.start, text(window)]).toEqual([6986, 'a line\na line\n']);
  });

  test('cuts a very long line between two characters', () => {
    const window = grown(emptyWindow(), bytes('é'.repeat(20_000)), 15_001);
    expect(text(window)).toBe('é'.repeat(7500));
    expect(window.start).toBe(25_000);
  });

  test('drops the rest of a line at its beginning', () => {
    expect(text(fromLine({ start: 100, bytes: bytes('est\nline\n') }, 1))).toBe('line\n');
    expect(text(fromLine({ start: 100, bytes: bytes('whole\nline\n') }, 0))).toBe('whole\nline\n');
  });
});
