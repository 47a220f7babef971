import { describe, expect, test } from 'vitest';
import { ago, duration, size } from './units.ts';

describe('duration', () => {
  test.each([
    [0, '0.0 s'],
    [-5, '0.0 s'],
    [449, '0.4 s'],
    [949, '0.9 s'],
    [950, '1 s'],
    [8_400, '8 s'],
    [59_600, '1 min'],
    [192_000, '3 min 12 s'],
    [3_600_000, '1 h'],
    [3_840_000, '1 h 4 min'],
    [183_600_000, '2 d 3 h'],
  ])('%d ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});

describe('ago', () => {
  test.each([
    [-500, 'just now'],
    [59_999, 'just now'],
    [60_000, '1 min ago'],
    [7_300_000, '2 h ago'],
    [5 * 86_400_000, '5 d ago'],
  ])('%d ms before is %s', (past, text) => {
    expect(ago(1_000_000_000 - past, 1_000_000_000)).toBe(text);
  });
});

describe('size', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1234, '1.2 kB'],
    [9_960, '10 kB'],
    [256_000, '256 kB'],
    [999_500, '1 MB'],
    [34_200_000, '34 MB'],
    [3.5e18, '3500 PB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(size(bytes)).toBe(text);
  });
});
