import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Look, Looked, Pythons } from '../../../core/ports/pythons.ts';
import { SilentLog } from '../../../../test/fakes/silentLog.ts';
import { FindInPython } from './findInPython.ts';

const interpreter = {
  version: '3.11.7',
  executable: '/usr/bin/python3',
  venv: true,
  ensurepip: true,
  pip: true,
  externallyManaged: false,
  platform: 'linux',
};
const never = new AbortController().signal;

let folder: string;
let asked: (readonly string[])[];
let answer: PromiseWithResolvers<void>;

/** A Python that finds one pipeline in each file, once `answer` is resolved. */
const pythons = {
  trusted: true,
  async *working() {
    yield { python: interpreter, from: 'PATH' };
  },
  look: async ({ stdin = '[]' }: Look): Promise<Looked> => {
    const files = JSON.parse(stdin) as string[];
    asked.push(files.map((file) => path.basename(file)));
    await answer.promise;
    const found = files.map((file) => ({
      file,
      pipelines: [{ function: 'train', name: path.basename(file, '.py'), line: 1 }],
    }));
    return { code: 0, stdout: JSON.stringify({ files: found }), stderr: '' };
  },
} satisfies Partial<Pythons> as unknown as Pythons;

const file = (name: string) => ({ path: path.join(folder, name), label: name });
const write = (name: string, text = '') =>
  fs.writeFileSync(path.join(folder, name), `from kfp import dsl  # pipeline\n${text}`);

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-find-'));
  asked = [];
  answer = Promise.withResolvers();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe('searching Python files for pipelines', () => {
  it('asks Python once when several lists need the same file', async () => {
    write('a.py');
    write('b.py');
    const finder = new FindInPython(pythons, folder, new SilentLog());
    const first = finder.find([file('a.py')], never);
    await expect.poll(() => asked).toEqual([['a.py']]);
    const second = finder.find([file('a.py'), file('b.py')], never);
    await expect.poll(() => asked).toEqual([['a.py'], ['b.py']]);
    answer.resolve();
    expect((await first).pipelines.map(({ name }) => name)).toEqual(['a']);
    expect((await second).pipelines.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('asks again about a file that changed while Python was reading it', async () => {
    write('a.py');
    const finder = new FindInPython(pythons, folder, new SilentLog());
    const first = finder.find([file('a.py')], never);
    await expect.poll(() => asked).toHaveLength(1);
    write('a.py', 'more');
    const second = finder.find([file('a.py')], never);
    await expect.poll(() => asked).toEqual([['a.py'], ['a.py']]);
    answer.resolve();
    await Promise.all([first, second]);
    await finder.find([file('a.py')], never);
    expect(asked).toHaveLength(2);
  });

  it('answers the other lists when one of them is cancelled', async () => {
    write('a.py');
    const finder = new FindInPython(pythons, folder, new SilentLog());
    const cancelling = new AbortController();
    const first = finder.find([file('a.py')], cancelling.signal);
    await expect.poll(() => asked).toHaveLength(1);
    const second = finder.find([file('a.py')], never);
    cancelling.abort();
    await expect(first).rejects.toMatchObject({ kind: 'cancelled' });
    answer.resolve();
    expect((await second).pipelines.map(({ name }) => name)).toEqual(['a']);
    expect(asked).toHaveLength(1);
  });
});
