// package-lock.json has to work on every machine: with any registry, and on every system.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');
const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, Locked>> };

it('the lock file names no registry', () => {
  const named = Object.keys(packages).filter((path) => packages[path]?.resolved !== undefined);
  expect(named).toEqual([]);
});

it('the lock file has the hash of everything that is fetched', () => {
  const fetched = Object.entries(packages).filter(([path, { link }]) => path !== '' && link !== true);
  const open = fetched.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''));
  expect(open.map(([path]) => path)).toEqual([]);
});

it('the lock file has the binaries of every system, not only of the one that wrote it', () => {
  const binaries = Object.values(packages).flatMap((locked) =>
    Object.keys(locked.optionalDependencies ?? {}),
  );
  expect(binaries.filter((name) => !(`node_modules/${name}` in packages))).toEqual([]);
});

it('the lock file has a single copy of prompt-tsx', () => {
  const copies = Object.keys(packages).filter((path) => path.endsWith('node_modules/@vscode/prompt-tsx'));
  expect(copies).toEqual(['node_modules/@vscode/prompt-tsx']);
});
