// Proves that the rules of the house fire: a small repository with one offence of each kind is linted with our own
// configuration.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Each file with the rules that it breaks; none: it must pass. */
const cases: readonly { readonly path: string; readonly text: string; readonly breaks: readonly string[] }[] =
  [
    { path: 'src/core/a/plain.ts', text: `export const plain = 1;`, breaks: [] },
    { path: 'src/adapters/one/one.ts', text: `export const one = 1;`, breaks: [] },
    { path: 'src/adapters/two/two.ts', text: `export const two = 2;`, breaks: [] },
    { path: 'src/adapters/node/files.ts', text: `export const files = 3;`, breaks: [] },
    { path: 'src/vscode/name.ts', text: `export const name = 'x';`, breaks: [] },
    {
      path: 'src/webviews/results/contract.ts',
      text: `export interface Sent { readonly a: string }`,
      breaks: [],
    },
    {
      path: 'src/core/a/good.ts',
      text: `import * as z from 'zod'; import type { ZodType } from 'zod'; import { plain } from './plain.ts';
      export const good = (type: ZodType) => [z.string(), plain, type, new Date(0)];`,
      breaks: [],
    },
    {
      path: 'src/core/a/toAdapter.ts',
      text: `import { one } from '../../adapters/one/one.ts'; export const a = one;`,
      breaks: ['boundaries(dependencies)'],
    },
    {
      path: 'src/core/a/toVscode.ts',
      text: `export const a = () => import('../../vscode/name.ts');`,
      breaks: ['boundaries(dependencies)'],
    },
    {
      path: 'src/core/a/editor.ts',
      text: `import type { Uri } from 'vscode'; export type A = Uri;`,
      breaks: ['house(core-imports)'],
    },
    {
      path: 'src/core/a/node.ts',
      text: `import { readFile } from 'node:fs/promises'; export const a = [readFile, () => import('path')];`,
      breaks: ['house(core-imports)', 'house(core-imports)'],
    },
    {
      path: 'src/core/a/library.ts',
      text: `import { parse } from 'yaml'; export const a = parse;`,
      breaks: ['house(core-imports)'],
    },
    {
      path: 'src/core/a/zod.ts',
      text: `import { z } from 'zod'; export const a = z.string();`,
      breaks: ['house(zod-namespace)'],
    },
    {
      path: 'src/core/a/ambient.ts',
      text: `export const a = () => [Date.now(), Math.random(), new Date()]; console.log(a);`,
      breaks: [
        'eslint(no-console)',
        'house(no-ambient-input)',
        'house(no-ambient-input)',
        'house(no-ambient-input)',
      ],
    },
    {
      path: 'src/core/a/barrel.ts',
      text: `export * from './plain.ts'; export { good } from './good.ts';`,
      breaks: ['house(no-reexport)', 'house(no-reexport)'],
    },
    {
      path: 'src/core/a/constant.ts',
      text: `const MOST_TASKS = 5; const { URL } = globalThis; export const a = [MOST_TASKS, URL];`,
      breaks: ['house(constant-names)'],
    },
    {
      path: 'src/core/a/twice.ts',
      text: `import { plain } from './plain.ts'; import type { plain as Plain } from './plain.ts';
      export const a: typeof Plain = plain;`,
      breaks: ['import(no-duplicates)'],
    },
    {
      path: 'src/core/a/inlineTypes.ts',
      text: `import { type Brand } from './brand.ts'; export type A = Brand;`,
      breaks: ['typescript(no-import-type-side-effects)'],
    },
    {
      path: 'src/core/a/cycleA.ts',
      text: `import { b } from './cycleB.ts'; export const a = () => b;`,
      breaks: ['import(no-cycle)'],
    },
    {
      path: 'src/core/a/cycleB.ts',
      text: `import { a } from './cycleA.ts'; export const b = () => a;`,
      breaks: ['import(no-cycle)'],
    },
    {
      path: 'src/core/a/typeCycleA.ts',
      text: `import type { B } from './typeCycleB.ts'; export interface A { readonly b: B }`,
      breaks: ['import(no-cycle)'],
    },
    {
      path: 'src/core/a/typeCycleB.ts',
      text: `import type { A } from './typeCycleA.ts'; export interface B { readonly a: A }`,
      breaks: ['import(no-cycle)'],
    },
    {
      path: 'src/core/a/syntax.ts',
      text: `export enum E { A }
      export namespace N { export const a = 1; }
      export const b = (a: any) => a!.b;
      export default 1;`,
      breaks: [
        'house(no-enum)',
        'import(no-default-export)',
        'typescript(no-explicit-any)',
        'typescript(no-namespace)',
        'typescript(no-non-null-assertion)',
      ],
    },
    {
      path: 'src/core/a/promises.ts',
      text: `async function p() { throw 'x'; }
      export function f(kind: 'a' | 'b') { p(); switch (kind) { case 'a': return 1; } return 0; }`,
      breaks: [
        'typescript(no-floating-promises)',
        'typescript(only-throw-error)',
        'typescript(switch-exhaustiveness-check)',
      ],
    },
    {
      path: 'src/core/a/long.ts',
      text: `export function f() {\n${'  void 0;\n'.repeat(60)}}\n${'// more\n'.repeat(340)}`,
      breaks: ['eslint(max-lines)', 'eslint(max-lines-per-function)'],
    },
    {
      path: 'src/core/a/complex.ts',
      text: `export const f = (a: 1, b: 1, c: 1, d: 1, e: 1, g: number) => {
      ${Array.from({ length: 12 }, (_, i) => `if (g === ${i}) return ${i};`).join('\n')}
      return [a, b, c, d, e]; };`,
      breaks: ['eslint(complexity)', 'eslint(max-params)'],
    },
    {
      path: 'src/adapters/one/good.ts',
      text: `import { parse } from 'yaml'; import { readFile } from 'node:fs/promises'; import { one } from './one.ts';
      import { plain } from '../../core/a/plain.ts'; export const a = [parse, readFile, one, plain, Date.now()];`,
      breaks: [],
    },
    {
      path: 'src/adapters/one/toNode.ts',
      text: `import { files } from '../node/files.ts'; export const a = files;`,
      breaks: [],
    },
    {
      path: 'src/adapters/node/toOne.ts',
      text: `import { one } from '../one/one.ts'; export const a = one;`,
      breaks: ['boundaries(dependencies)'],
    },
    {
      path: 'src/adapters/one/toTwo.ts',
      text: `import { two } from '../two/two.ts'; export const a = two;`,
      breaks: ['boundaries(dependencies)'],
    },
    {
      path: 'src/adapters/one/editor.ts',
      text: `import * as vscode from 'vscode'; import { name } from '../../vscode/name.ts'; export const a = [vscode, name];`,
      breaks: ['boundaries(dependencies)', 'house(no-editor)'],
    },
    {
      path: 'src/vscode/good.ts',
      text: `import * as vscode from 'vscode'; import type { Sent } from '../webviews/results/contract.ts';
      import { plain } from '../core/a/plain.ts'; export const a = [vscode, plain, {} as Sent];`,
      breaks: [],
    },
    {
      path: 'src/vscode/door.ts',
      text: `import * as vscode from 'vscode';
      export const a = () => vscode.window.showErrorMessage('x'); export const { withProgress } = vscode.window;
      export const b = [vscode.window['showInformationMessage'], vscode.window?.setStatusBarMessage];
      export const c = { showWarningMessage: 1, d: vscode.window.createInputBox };`,
      breaks: Array.from({ length: 5 }, () => 'house(window-door)'),
    },
    {
      path: 'src/vscode/window/messages.ts',
      text: `import * as vscode from 'vscode'; export const a = () => vscode.window.showErrorMessage('x');`,
      breaks: [],
    },
    {
      path: 'src/core/a/ownNames.ts',
      text: `interface R { readonly [name: string]: number } interface T { readonly name: string }
      export const a = (r: R, name: string, t: T) => [name in r, r[name], r[t.name], r[name.trim()], r[name || 'a'], r[\`\${name}\`]];`,
      breaks: Array.from({ length: 6 }, () => 'house(own-names)'),
    },
    {
      path: 'src/core/a/ownNamesHeld.ts',
      text: `export const a = (r: { a: 1 } | { b: 1 }, list: number[], at: number, states: { on: 1 }, state: 'on') =>
      ['a' in r, list[at], list[at + 1], list[list.indexOf(at)], states[state], list[0]];`,
      breaks: [],
    },
    {
      path: 'src/core/tools/outsideText.ts',
      text: `interface P { readonly name: string; readonly hint?: string }
      export const a = (p: P, message: string) => [\`\${p.name} is not here\`, \`\${p.hint ?? ''}!\`, \`It failed: \${message}\`];`,
      breaks: Array.from({ length: 3 }, () => 'house(outside-text)'),
    },
    {
      path: 'src/core/runs/outsideTextHeld.ts',
      text: `interface P { readonly name: string; readonly path: string; readonly count: number }
      const code = (text: string) => text;
      export const a = (p: P) => [\`\${code(p.name)}: \${p.count}\`, code(\`\${p.path}/\${p.name}\`)];`,
      breaks: [],
    },
    {
      path: 'src/vscode/toAdapter.ts',
      text: `import { one } from '../adapters/one/one.ts'; export const a = [one, () => import('../adapters/two/two.ts')];`,
      breaks: ['boundaries(dependencies)', 'boundaries(dependencies)'],
    },
    {
      path: 'src/vscode/connections/homeConnection.ts',
      text: `import type { one } from '../../adapters/one/one.ts'; import { two } from '../../adapters/two/two.ts';
      export const a = (b: typeof one) => [b, two, () => import('../../adapters/one/one.ts')];`,
      breaks: ['boundaries(dependencies)'],
    },
    {
      path: 'src/webviews/results/app.ts',
      text: `import type { Sent } from './contract.ts'; import { name } from '../../vscode/name.ts';
      export const a = (sent: Sent) => [sent, name];`,
      breaks: ['boundaries(dependencies)'],
    },
    {
      path: 'src/core/a/plain.test.ts',
      text: `import { it } from 'vitest'; import { one } from '../../adapters/one/one.ts';
      it.only('x', () => { console.log(one, Date.now()); });`,
      breaks: ['eslint(no-console)', 'vitest(no-focused-tests)'],
    },
  ];

describe('lint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-lint-'));
  const rulesByPath = new Map<string, string[]>();

  beforeAll(async () => {
    const folders = ['src/core', 'src/adapters', 'src/vscode', 'src/webviews', 'test'];
    const projects = [
      'tsconfig.base.json',
      ...['.', ...folders].map((place) => join(place, 'tsconfig.json')),
    ];
    for (const name of ['.oxlintrc.json', ...projects, 'scripts/lint', 'package.json']) {
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const { path, text } of cases) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), `${text}\n`);
    }
    for (const { path, rule } of await lint(folder))
      rulesByPath.set(path, [...(rulesByPath.get(path) ?? []), rule]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(cases)('$path breaks $breaks', ({ path, breaks }) => {
    expect((rulesByPath.get(path) ?? []).toSorted()).toEqual(breaks);
  });
});

/** What oxlint says of a folder, one entry for each complaint. */
function lint(folder: string): Promise<{ path: string; rule: string }[]> {
  const script = join(root, 'node_modules/oxlint/bin/oxlint');
  const args = [script, '--type-aware', '-f', 'unix', 'src'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 10_000_000 }, (_, stdout) => {
      const lines = stdout.matchAll(/^(src\/[^:]+):\d+:\d+: .*\[\w+\/([^\]]+)\]$/gm);
      resolve([...lines].map(([, path = '', rule = '']) => ({ path, rule })));
    });
  });
}
