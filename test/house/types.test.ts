// What a file may use of the world, by its folder, and that none is left out: a small repository with our own projects.
// That only src/vscode imports the editor is lint's to say (lint.test.ts): its types are found from everywhere.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../scripts/lib/runCommand.mjs';
import { root } from '../../scripts/node24.mjs';

const node = `import { sep } from 'node:path'; export const b = [sep, process.pid];`;
const editor = `import { Uri } from 'vscode'; export const c = Uri.file('/');`;
const page = `export const d = document.body;`;
const unchecked = `export const e = (all: readonly string[]) => all[0].length;`;
const wrongCall = `import { join } from 'node:path'; export const f = join(1);`;

/** Each file with the compiler's errors in it, without repetition; none: it must pass. */
const cases: readonly { readonly path: string; readonly text: string; readonly errors: readonly string[] }[] =
  [
    { path: 'src/core/plain.ts', text: `export const a = new Map([[1, 2]]);`, errors: [] },
    { path: 'src/core/node.ts', text: node, errors: ['TS2591'] },
    { path: 'src/core/page.ts', text: page, errors: ['TS2584'] },
    { path: 'src/core/unchecked.ts', text: unchecked, errors: ['TS2532'] },
    { path: 'src/core/plain.test.ts', text: `${node} ${wrongCall}`, errors: ['TS2345'] },
    { path: 'src/adapters/node.ts', text: node, errors: [] },
    { path: 'src/adapters/page.ts', text: page, errors: ['TS2584'] },
    { path: 'src/vscode/editor.ts', text: `${node} ${editor}`, errors: [] },
    { path: 'src/vscode/page.tsx', text: page, errors: ['TS2584'] },
    { path: 'src/vscode/page.test.tsx', text: page, errors: ['TS2584'] },
    { path: 'src/webviews/results/page.ts', text: page, errors: [] },
    { path: 'src/webviews/results/node.ts', text: `export const b = process.pid;`, errors: ['TS2591'] },
    { path: 'src/webviews/results/unchecked.ts', text: unchecked, errors: ['TS2532'] },
    { path: 'src/webviews/results/page.test.ts', text: `${page} ${wrongCall}`, errors: ['TS2345'] },
    { path: 'test/house/some.test.ts', text: wrongCall, errors: ['TS2345'] },
    { path: 'test/webviews/some.test.ts', text: wrongCall, errors: ['TS2345'] },
    {
      path: 'scripts/lib/documented.mjs',
      text: `/**\n * @param {string} name\n */\nexport function said(name) {\n  return name;\n}`,
      errors: [],
    },
    {
      path: 'scripts/wrongCall.mjs',
      text: `import { said } from './lib/documented.mjs';\nsaid(1);\nsaid();`,
      errors: ['TS2345', 'TS2554'],
    },
  ];

const projects = [
  'src/core',
  'src/adapters',
  'src/vscode',
  'src/webviews',
  'test',
  'test/webviews',
  'scripts',
];

describe('the types that a folder sees', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-types-'));
  const errorsByPath = new Map<string, Set<string>>();

  beforeAll(async () => {
    const configurations = ['', ...projects].map((place) => join(place, 'tsconfig.json'));
    for (const name of ['package.json', 'tsconfig.base.json', ...configurations])
      cpSync(join(root, name), join(folder, name));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const { path, text } of cases) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), `${text}\n`);
    }
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { output } = await runCommand(process.execPath, [compiler, '-b'], { cwd: folder });
    for (const [, path = '', code = ''] of output.matchAll(/^(\S+)\(\d+,\d+\): error (TS\d+)/gm))
      errorsByPath.set(path, (errorsByPath.get(path) ?? new Set()).add(code));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(cases)('$path has $errors', ({ path, errors }) => {
    expect([...(errorsByPath.get(path) ?? [])].toSorted()).toEqual(errors);
  });
});
