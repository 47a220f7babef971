import { describe, expect, it } from 'vitest';
import { largestFile, readYaml } from './readYaml.ts';
import type { SpecDocument } from '../../../core/pipelineSpec/readSpecification.ts';

const documentOf = (text: string): SpecDocument => {
  const read = readYaml(text);
  const [first] = read.ok ? read.documents : [];
  if (!first) throw new Error(read.ok ? 'no document' : read.problem.message);
  return first;
};
const problemOf = (text: string) => {
  const read = readYaml(text);
  if (read.ok) throw new Error('It was read.');
  return read.problem;
};

describe('the line of a part', () => {
  const text = `# head
base: &base
  image: x
  cpu: 1
one:
  <<: *base
  cpu: 2
list:
- a
- b:
    c: "text
goes on"
twice: 1
twice:
  d: 2
? ""
: e: 1
`;
  it.each<[string, readonly PropertyKey[], number]>([
    ['the document', [], 2],
    ['a key', ['one'], 5],
    ['a key of its own', ['one', 'cpu'], 7],
    ['a key that was merged', ['one', 'image'], 3],
    ['an item', ['list', 0], 9],
    ['a key in an item', ['list', 1, 'b', 'c'], 11],
    ['the last of two equal keys', ['twice'], 14],
    ['a key behind a question mark', [''], 16],
    ['a key below a question mark', ['', 'e'], 17],
    ['the nearest thing to what is not there', ['one', 'memory', 'x'], 5],
  ])('%s', (_, path, line) => {
    expect(documentOf(text).lineOf(path)).toBe(line);
  });
});

describe('the line that a problem names', () => {
  it.each([
    ['a map without its end', 'a:\n  b: {c: 1,\n\n\n', 2, 'Unexpected end of the stream'],
    ['a text without its end', 'a: 1\nb: "x\nc: 2\n', 2, 'Unexpected end of the stream'],
    ['an indentation', 'a:\n    b: 1\n  c: 2\n', 3, 'Bad indentation of a mapping entry.'],
    ['a list as a key', 'a: 1\n[b, c]: 2\n', 2, 'A list or a map cannot be a key.'],
    ['an alias to nothing', 'a: 1\nb: *c\n', 2, 'Unidentified alias "c".'],
    ['a merge of a text', 'a: 1\nb:\n  <<: c\n', 3, "A merge key ('<<') takes a map, or a list of maps."],
    ['a type', 'a: 1\nb: !!set {x}\n', 2, 'A value of the type !!set is nothing that a pipeline can hold.'],
    ['a character', 'a: 1\nb: \u0007\n', 2, 'The character U+0007 cannot stand in YAML.'],
  ])('is the one where people look for %s', (_, text, line, message) => {
    const problem = problemOf(text);
    expect(problem.message).toContain(message);
    expect(problem.line).toBe(line);
  });
});

describe('the limits on a YAML file', () => {
  const aliases = (length: number, count: number) =>
    `a: &a "${'x'.repeat(length)}"\nb:\n${'- *a\n'.repeat(count)}`;
  const merges = (keys: number, maps: number) => {
    const base = Array.from({ length: keys }, (_, n) => `key${n}: 1`).join(', ');
    return `a: &a {${base}}\n${Array.from({ length: maps }, (_, n) => `m${n}: {<<: *a}`).join('\n')}\n`;
  };

  const levels = (count: number) =>
    Array.from({ length: count }, (_, n) => `a${n}: &a${n} [${n > 0 ? `*a${n - 1}` : ''}]\n`).join('');

  it('count the expansion of aliases', () => {
    expect(documentOf(aliases(8000, 990)).value).toMatchObject({ b: { length: 990 } });
    expect(problemOf(aliases(80_000, 990))).toEqual({
      message: 'YAML error: The file is too large with its aliases written out.',
      line: 202,
    });
  });

  it('count the expansion of aliases within a key before the key is made', () => {
    const key = `[${'*a, '.repeat(500)}]`;
    const text = `a: &a "${'x'.repeat(100_000)}"\n${`? ${key}\n: 1\n`.repeat(50)}`;
    expect(problemOf(text).message).toContain('written out');
  });

  it('count the expansion of merge keys', () => {
    expect(documentOf(merges(100, 100)).value).toMatchObject({ m99: { key99: 1 } });
    expect(problemOf(merges(1000, 2000)).message).toContain('written out');
  });

  it.each([
    ['of too many characters', 'a'.repeat(largestFile + 1), 'larger than 8 MB'],
    ['of too many parts', '- a\n'.repeat(250_001), 'more than 250,000 texts, lists and maps'],
    ['of too many levels', '[['.repeat(200), 'nested deeper than 200 levels'],
    ['of too many levels through aliases', levels(201), 'nested deeper than 200 levels'],
    [
      'of too many levels of JSON',
      `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'nested deeper than 200 levels',
    ],
    ['of too many documents', '---\n'.repeat(21), 'more than 20 documents'],
    ['around itself', 'a: &a\n  b: [*a]\n', 'An alias (*) stands inside of what it names'],
  ])('refuse a file %s', (_, text, message) => {
    expect(problemOf(text).message).toContain(message);
  });
});

describe('reading time grows linearly with the size', () => {
  const keys = (count: number) => Array.from({ length: count }, (_, n) => `key_${n}: value ${n}\n`).join('');
  it.each<[string, (count: number) => string]>([
    ['a map of many keys', keys],
    ['a map in braces', (count) => `{${keys(count).replaceAll('\n', ', ')}}`],
    ['many anchors and aliases', (count) => keys(count).replaceAll(/_(\d+): /g, '_$1: &a$1 ') + 'x: *a1\n'],
    ['a text in quotes over many lines', (count) => `a: "${'some words \\n of it\n  '.repeat(count)}"\n`],
    ['a text without quotes over many lines', (count) => `a: ${'some words of it\n  '.repeat(count)}\n`],
    ['a block of text', (count) => `a: |\n${'  some words of it\n'.repeat(count)}`],
    ['many brackets on a line', (count) => `a: [${'[], '.repeat(count)}]\n`],
    [
      'many lines of brackets',
      (count) => `a:\n${`- ${'['.repeat(40)}${']'.repeat(40)}\n`.repeat(count / 20)}`,
    ],
  ])('for %s', { timeout: busyMs }, (_, make) => {
    expect(growth(make, documentOf)).toBeLessThan(mostGrowth);
  });

  it('for JSON, whose lines are found without a second parser', { timeout: busyMs }, () => {
    const json = (count: number) => `{\n${'"key": [1, {"x": "y"}],\n'.repeat(count)}"end": 1\n}`;
    expect(growth(json, (text) => documentOf(text).lineOf(['end']))).toBeLessThan(mostGrowth);
  });
});

/** How long a comparison of times may take on a busy machine. */
const busyMs = 60_000;

/** How many times as long four times as much takes: 4 would be exact, 16 the square. */
const mostGrowth = 11;

function growth(make: (count: number) => string, work: (text: string) => unknown): number {
  const [some, more] = [make(20_000), make(80_000)];
  secondsOf(() => work(some)); // compiles what does it
  // What takes less than some milliseconds cannot be measured.
  return (
    secondsOf(() => work(more)) /
    Math.max(
      secondsOf(() => work(some)),
      0.005,
    )
  );
}

/** The processor's time, as other work on the machine must not count; of two tries the shorter. */
function secondsOf(work: () => unknown): number {
  const tries = [1, 2].map(() => {
    const before = process.cpuUsage();
    work();
    return process.cpuUsage(before).user / 1e6;
  });
  return Math.min(...tries);
}
