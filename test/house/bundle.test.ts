// The bundle has two parts: the entry, which is what the editor loads when the extension activates, names and stubs; and
// what comes by import() at first use. What both need is in both and so twice in one process: none of it may keep state,
// or be known by its identity.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../esbuild.config.mjs';
import { loadedAtActivation } from '../../scripts/package/bundle.mjs';
import { root } from '../../scripts/node24.mjs';

type Metafile = Awaited<ReturnType<typeof build>>;

/** What a module declares at its top that may change, or is one of its kind; tables and patterns are neither. */
const state = [
  /^(?:export )?(?:let|var) (\w+)/gm,
  /^(?:export )?const (\w+)(?:: [^=\n]+)? = (?:new (?!Set\(\[?\w|RegExp)|\[\]|\{\}|Symbol\()/gm,
  /^ {2}(?:private |readonly )*static (?:readonly )?(#?\w+)(?:: [^=\n]+)? =/gm,
];

const source = (module: string) => readFileSync(join(root, module), 'utf8');

describe('the bundle’s entry', () => {
  let metafile: Metafile;
  let loaded: ReturnType<typeof loadedAtActivation>;
  let inBoth: readonly string[];
  beforeAll(async () => {
    metafile = await build({ production: true, write: false });
    loaded = loadedAtActivation(metafile);
    const later = Object.entries(metafile.outputs).filter(([name]) => /^dist\/(later|chunks)\//.test(name));
    const inputs = new Set(later.flatMap(([, output]) => Object.keys(output.inputs)));
    inBoth = loaded.inputs.filter((input) => inputs.has(input));
  }, 60_000);

  it('loads no package', () => {
    expect(loaded.inputs.filter((path) => path.includes('node_modules/'))).toEqual([]);
  });

  it('loads no adapter and not the table of tools', () => {
    expect(loaded.inputs.filter((path) => /^src\/(adapters|core\/tools\/table)/.test(path))).toEqual([]);
  });

  it('loads no rules about secrets, and no texts that only the manifest needs', () => {
    const late = /^src\/core\/(?:text\/secret|settings\.ts|sentences\/)/;
    expect(loaded.inputs.filter((path) => late.test(path))).toEqual([]);
  });

  it('loads less than 50 KB', () => {
    expect(loaded.bytes).toBeLessThan(50_000);
  });

  it('shares no state with the part that is loaded later', () => {
    expect(inBoth).toContain('src/vscode/window/messages.ts');
    const kept = inBoth.flatMap((module) =>
      state.flatMap((pattern) =>
        [...source(module).matchAll(pattern)].map(([, name]) => `${module}: ${name}`),
      ),
    );
    expect(kept).toEqual([]);
  });

  it('shares no class that is tested with instanceof', () => {
    const declared = inBoth.flatMap((module) =>
      [...source(module).matchAll(/^(?:export )?class (\w+)/gm)].map(([, name]) => name),
    );
    const asked = globSync('src/**/*.{ts,tsx}', { cwd: root })
      .filter((file) => !file.includes('.test.'))
      .flatMap((file) => [...source(file).matchAll(/\binstanceof (\w+)/g)].map(([, name]) => name));
    expect(declared.filter((name) => asked.includes(name))).toEqual([]);
  });
});
