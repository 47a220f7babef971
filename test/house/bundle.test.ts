// What the editor loads when the extension activates: names and stubs. The rest comes by import() at first use.
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../esbuild.config.mjs';
import { loadedAtActivation } from '../../scripts/package/bundle.mjs';

describe('activation', () => {
  let loaded: ReturnType<typeof loadedAtActivation>;
  beforeAll(async () => {
    const metafile = await build({ production: true, write: false });
    if (!metafile) throw new Error('The build made no metafile.');
    loaded = loadedAtActivation(metafile);
  });

  it('loads no package', () => {
    expect(loaded.inputs.filter((path) => path.includes('node_modules/'))).toEqual([]);
  });

  it('loads no adapter and not the table of tools', () => {
    expect(loaded.inputs.filter((path) => /^src\/(adapters|core\/tools\/table)/.test(path))).toEqual([]);
  });

  it('loads less than 200 KB', () => {
    expect(loaded.bytes).toBeLessThan(200_000);
  });
});
