// What waits behind import() when the extension activates, and that even the one look for active runs brings none of it.
// bundle.test.ts holds the entry itself; test/editor/host/activation.test.mjs holds the real editor to both.
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../esbuild.config.mjs';
import { bundledPackages, loadedAtActivation } from '../../scripts/package/bundle.mjs';

type Metafile = Awaited<ReturnType<typeof build>>;

const waiting = [
  'node_modules/zod',
  'node_modules/js-yaml',
  'node_modules/@vscode/prompt-tsx',
  'node_modules/@vscode/chat-extension-utils',
];

describe('activation', () => {
  let metafile: Metafile;
  beforeAll(async () => {
    metafile = await build({ production: true, write: false });
  }, 60_000);

  it('loads no package before its first use', () => {
    const bundled = bundledPackages(metafile);
    expect(waiting.filter((name) => !bundled.some((path) => path.endsWith(name)))).toEqual([]);
    const { inputs, bytes } = loadedAtActivation(metafile);
    expect(inputs.filter((input) => waiting.some((name) => input.includes(`${name}/`)))).toEqual([]);
    expect(inputs.filter((input) => input.startsWith('src/adapters/'))).toEqual([]);
    expect(bytes).toBeLessThan(200_000);
  });

  it('opens one file, since each further file costs as much as all of our code', () => {
    expect(loadedAtActivation(metafile).outputs).toEqual(['dist/extension.mjs']);
  });

  it('leads to no file that requires a missing one', () => {
    const outputs = Object.entries(metafile.outputs);
    const asked = outputs.flatMap(([, { imports }]) =>
      imports.filter(({ external }) => !external).map(({ path }) => path),
    );
    expect(asked.filter((path) => metafile.outputs[path] === undefined)).toEqual([]);
  });

  it('looks for active runs without loading the code that follows them', () => {
    const sources = sourcesOf(metafile, 'src/vscode/activeRuns.ts');
    expect(sources).toContain('src/vscode/activeRuns.ts');
    expect(sources.filter((source) => /^src\/adapters\/|node_modules\//.test(source))).toEqual([]);
  });
});

/** The sources of the chunk of a module that is imported at run time, and of all that it imports statically. */
function sourcesOf({ outputs }: Metafile, module: string): readonly string[] {
  const start = Object.keys(outputs).find((name) => outputs[name]?.entryPoint === module);
  if (start === undefined) throw new Error(`${module} has no chunk of its own.`);
  const files = new Set([start]);
  for (const file of files) {
    const imports = outputs[file]?.imports ?? [];
    imports
      .filter(({ kind, external }) => kind === 'import-statement' && !external)
      .forEach(({ path }) => files.add(path));
  }
  return [...files].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
}
