// Reads as PyYAML does: golden.json is what that makes of the same texts, which a test of the Python suite holds.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decodeText.ts';
import { readYaml } from './readYaml.ts';

const repository = new URL('../../../../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, repository), 'utf8');
const golden = JSON.parse(textOf('test/yaml/golden.json')) as {
  readonly cases: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, string>>;
};
/** Texts that PyYAML refuses, and that are read. Nobody's pipeline changes its meaning by that. */
const readsMore = new Set([
  'merge key as a value',
  'merge key in a list',
  'equals sign', // a text as any other
  'anchor redefined', // the last one above holds
  'tab after colon', // tabs separate as spaces do; in an indentation they are refused
  'tab at the end',
  'tab in flow',
  'tab before comment',
  'document end garbage',
  'document after an end',
  'plain in flow with question',
  'line separators', // are characters as any other, and may stand in a text
  'code that is no character',
  'key that is too long',
  'text in flow that is long',
  'anchor with a strange name',
]);
/** Texts that PyYAML reads, and that are refused. */
const refuses = new Set([
  'next line', // U+0085 is a character as any other, and ends no line
  'tags', // a number without a point is no !!float
  'numbers of explicit types',
  'directive in the middle', // a document with directives has to begin after `...`
]);
/** Texts that are read with another meaning. No program writes them. */
const readsOtherwise = new Set([
  'blank line after an escaped line end', // is taken away with the line's end
]);

function read(text: string): unknown {
  const result = readYaml(text);
  return result.ok ? result.documents.map(({ value }) => inJson(value)) : 'refused';
}

/** What is expected of a case: a document that is empty is none. */
function expectedOf(name: string): unknown {
  const value = golden.cases[name];
  return inJson(Array.isArray(value) ? value.filter((document) => document !== null) : value);
}

/** Numbers that JSON lacks as texts, and no negative zero. */
function inJson(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : `float ${inPython(value)}`;
  return mapped(value, inJson);
}

function inPython(value: number): string {
  return Number.isNaN(value) ? 'nan' : String(value).replace('Infinity', 'inf');
}

function withExactNumbers(value: unknown): unknown {
  if (typeof value !== 'number') return mapped(value, withExactNumbers);
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return `number ${bytes.toString('hex')}`;
}

/** A list or a map of the changed values, its keys in order. */
function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, change(item)]));
}

const cases = textOf('test/yaml/cases.txt')
  .split('=== ')
  .slice(1)
  .map((part) => {
    const end = part.indexOf('\n');
    const text = part.slice(end + 1).replaceAll(/<U\+([0-9A-F]{4})>/g, (_, code: string) => {
      return String.fromCharCode(Number.parseInt(code, 16));
    });
    return { name: part.slice(0, end), text };
  });

const differing = new Set([...readsMore, ...refuses, ...readsOtherwise]);

describe('readYaml reads a text as PyYAML does', () => {
  it('has a golden value for each case, and a case for each difference', () => {
    const names = cases.map(({ name }) => name);
    expect(Object.keys(golden.cases)).toEqual(names);
    expect(names).toEqual(expect.arrayContaining([...differing]));
  });

  it.each(cases.filter(({ name }) => !differing.has(name)))('$name', ({ name, text }) => {
    const expected = expectedOf(name);
    expect(read(text)).toEqual(expected);
    expect(read(text.replaceAll('\n', '\r\n'))).toEqual(expected);
    for (const bytes of encoded(text)) {
      const decoded = decodeText(bytes);
      expect(decoded.ok && read(decoded.text)).toEqual(expected);
    }
  });

  it.each(cases.filter(({ name }) => differing.has(name)))('except for: $name', ({ name, text }) => {
    const [expected, actual] = [expectedOf(name), read(text)];
    expect(expected === 'refused').toBe(readsMore.has(name));
    expect(actual === 'refused').toBe(refuses.has(name));
    expect(actual).not.toEqual(expected);
  });

  it('takes the value of the earliest of several merged maps', () => {
    const text = 'first: &f {image: a}\nsecond: &s {image: b, cpu: 1}\nboth:\n  <<: [*f, *s]\n';
    expect(read(text)).toMatchObject([{ both: { image: 'a', cpu: 1 } }]);
  });
});

describe('readYaml reads a file of this repository as PyYAML does', () => {
  it.each(Object.entries(golden.files))('%s', (path, digest) => {
    const text = JSON.stringify(withExactNumbers(read(textOf(path))));
    expect(createHash('sha256').update(text).digest('hex')).toBe(digest);
  });
});

/** The text in each encoding that PyYAML reads. */
function encoded(text: string): readonly Uint8Array[] {
  const marked = Buffer.from(`\ufeff${text}`, 'utf16le');
  return [Buffer.from(text), Buffer.from(`\ufeff${text}`), marked, Buffer.from(marked).swap16()];
}
