import { beforeEach, describe, expect, test } from 'vitest';
import type { RunId } from '../domain/run.ts';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { headLines, renderFindings } from './renderFindings.ts';
import { mostFound, searchLog } from './searchLog.ts';

const never = new AbortController().signal;
const run = 'iris-12' as RunId;
let backend: FakePipelineBackend;

beforeEach(() => {
  backend = new FakePipelineBackend();
  backend.addRun(aRun({ tasks: [aTask()] }));
});

const search = (text: string) => searchLog(backend, { run, task: 'train', text }, never);
const rendered = async (text: string) =>
  renderFindings({ run, task: 'train', text }, await search(text)).split('\n');

/** Gives the log in pieces of so many bytes. */
function inPieces(text: string, length: number): void {
  const bytes = Buffer.from(text);
  backend.readLog = async () => ({
    size: bytes.length,
    bytes: (async function* () {
      for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
    })(),
  });
}

/** What each attempt printed. */
function attempts(...texts: readonly string[]): void {
  for (const [index, text] of texts.entries()) {
    backend.changeTask(run, { path: 'train', attempts: index + 1 });
    backend.print(run, 'train', text);
  }
}

describe('searching a log', () => {
  test.each([1, 3, 7, 1000])(
    'finds lines with their numbers and offsets in a log read in pieces of %d bytes',
    async (length) => {
      inPieces('a loss\ncafé\nno Löss\n\nLOSS at last', length);
      const { found, matches, lines } = await search('loss');
      expect(found).toEqual([
        { line: 1, attempt: 1, offset: 0, text: 'a loss' },
        { line: 5, attempt: 1, offset: 23, text: 'LOSS at last' },
      ]);
      expect([matches, lines]).toEqual([2, 5]);
    },
  );

  test('hides secrets in the lines it finds', async () => {
    backend.change(run, { parameters: { password: 'hunter2-Zx9' } });
    inPieces('a loss\nloss of hunter2-Zx9 and password=swordfish\n', 7);
    expect((await search('loss')).found[1]).toEqual({
      line: 2,
      attempt: 1,
      offset: 7,
      text: 'loss of •••• and password=••••',
    });
  });

  test('shows the final state of a progress bar', async () => {
    inPieces(' 10% loss\r100% loss\n', 1000);
    expect((await search('loss')).found[0]?.text).toBe('100% loss');
  });

  test('counts all matches and keeps the first ones', async () => {
    inPieces('a line\n'.repeat(mostFound + 10), 65_536);
    const { found, matches } = await search('line');
    expect([found.length, matches, found.at(-1)?.line]).toEqual([mostFound, mostFound + 10, mostFound]);
  });

  test('covers every attempt and counts the lines that mark their beginnings', async () => {
    attempts('a loss\nit br', '', 'x\nno loss\n');
    const { found, matches, lines, searched } = await search('loss');
    expect(found).toEqual([
      { line: 1, attempt: 1, offset: 0, text: 'a loss' },
      { line: 3, attempt: 2, offset: 0, text: '[Attempt 2 begins.]', begins: true },
      { line: 4, attempt: 3, offset: 0, text: '[Attempt 3 begins.]', begins: true },
      { line: 6, attempt: 3, offset: 2, text: 'no loss' },
    ]);
    expect([matches, lines, searched]).toEqual([2, 6, 22]);
  });

  test('does not match the lines that mark the beginning of an attempt', async () => {
    attempts('x\n', 'y\n');
    expect(await search('attempt')).toMatchObject({ found: [], matches: 0, lines: 3 });
  });

  test('fails for a run that does not exist', async () => {
    await expect(
      searchLog(backend, { run: 'x-1' as RunId, task: 'train', text: 'x' }, never),
    ).rejects.toThrow('There is no run x-1');
  });
});

describe('the findings of a search', () => {
  test('are lines with their numbers in front', async () => {
    inPieces(`${'x\n'.repeat(8)}loss 1\nx\nloss 2\n`, 1000);
    const text = await rendered('loss');
    expect(text).toEqual([
      '[2 lines with "loss" of 11 in the log of train, iris-12.]',
      '[A number leads to its line.]',
      '',
      ' 9  loss 1',
      '11  loss 2',
      '',
    ]);
    expect(text[headLines]).toContain('loss 1');
  });

  test('show where each attempt begins', async () => {
    attempts('loss 1\n', 'x\nloss 2\n');
    expect(await rendered('loss')).toEqual([
      '[2 lines with "loss" of 4 in the log of train, iris-12.]',
      '[A number leads to its line.]',
      '',
      '1  loss 1',
      '2  [Attempt 2 begins.]',
      '4  loss 2',
      '',
    ]);
  });

  test('say when no line matches', async () => {
    inPieces('x\n', 1000);
    expect((await rendered('loss'))[0]).toBe('[0 lines with "loss" of 1 in the log of train, iris-12.]');
  });

  test('say what was not searched and what is not shown', () => {
    const found = [{ line: 1, attempt: 1, offset: 0, text: 'x' }];
    const findings = { found, matches: 7, lines: 9, searched: 256_000_000, size: 300_000_000 };
    expect(renderFindings({ run, task: 'train', text: 'x' }, findings)).toContain(
      'The first 1 are shown. Only the first 256 MB of 300 MB were searched.',
    );
  });
});
