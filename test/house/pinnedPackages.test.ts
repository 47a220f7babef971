// Python packages of the scripts are fetched by hashes that the repository holds.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { pinned } from '../../scripts/lib/pinnedPackages.mjs';
import { root } from '../../scripts/node24.mjs';

const folder = path.join(root, 'scripts', 'python');
const source = (...names: string[]) => readFileSync(path.join(root, ...names), 'utf8');

/** Each requirement of a list, its hashes on lines of their own. */
function requirements(file: string): readonly string[] {
  const lines = readFileSync(path.join(folder, file), 'utf8').split('\n');
  const text = lines.filter((line) => !line.startsWith('#')).join('\n');
  return text.split(/\n(?=\S)/).map((requirement) => requirement.trim());
}

it.each(readdirSync(folder))('%s pins one version of each package with its hashes', (file) => {
  const open = requirements(file).filter(
    (line) => !/^[\w.-]+==[\w.]+( ; [^\n\\]+)?( \\\n +--hash=sha256:[0-9a-f]{64})+$/.test(line),
  );
  expect(open).toEqual([]);
});

it('pip and uv install only packages with a hash, and build none', () => {
  expect(pinned('ruff').join(' ')).toContain('--no-deps --only-binary :all: --require-hashes -r');
});

it('cache folders are named after the versions in the lists', () => {
  const named = (text: string) => /'(\d+\.\d+\.\d+)'; \/\/ and in/.exec(text)?.[1];
  const ruff = named(source('scripts', 'check', 'ruff.mjs'));
  const kfp = named(source('test', 'bench', 'kfpLocal.ts'));
  expect(source('scripts', 'python', 'ruff.txt')).toContain(`\nruff==${ruff} `);
  expect(source('scripts', 'python', 'kfp.txt')).toContain(`\nkfp==${kfp} `);
});
