// What is fetched is what the repository knows the hash of, whatever a registry says.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../scripts/lib/runCommand.mjs';
import { fetchNode24, root } from '../../scripts/node24.mjs';

const sha512 = (bytes: Buffer | string) => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;

let folder: string;
let tarball: Buffer;
const registry = createServer((request, response) => {
  if (request.url?.endsWith('.tgz')) return response.end(tarball);
  const { port } = registry.address() as AddressInfo;
  const dist = { tarball: `http://127.0.0.1:${port}/tiny.tgz`, integrity: sha512(tarball) };
  const version = { name: 'tiny', version: '1.0.0', dependencies: { other: '1.0.0' }, dist };
  return response.end(
    JSON.stringify({ name: 'tiny', 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': version } }),
  );
});

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-fetched-'));
  fs.mkdirSync(path.join(folder, 'package'));
  const manifest = { name: 'tiny', version: '1.0.0', dependencies: { other: '1.0.0' } };
  fs.writeFileSync(path.join(folder, 'package', 'package.json'), JSON.stringify(manifest));
  execFileSync('tar', ['-czf', 'tiny.tgz', 'package'], { cwd: folder });
  tarball = fs.readFileSync(path.join(folder, 'tiny.tgz'));
  await new Promise<void>((resolve) => void registry.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  registry.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Installs it from the registry of this test, in a process of its own: the registry answers meanwhile. */
async function install(name: string, integrity: string): Promise<{ code: number; output: string }> {
  const target = path.join(folder, name);
  fs.mkdirSync(target);
  const script = pathToFileURL(path.join(root, 'scripts', 'lib', 'npm.mjs')).href;
  const wanted = JSON.stringify({ name: 'tiny', version: '1.0.0', integrity });
  const code = `(await import('${script}')).installPackage(${JSON.stringify(target)}, ${wanted});`;
  const env = {
    ...process.env,
    npm_config_registry: `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`,
    npm_config_cache: path.join(folder, 'npm-cache'),
    npm_config_package_lock: 'false', // a person's own setting
  };
  return runCommand(process.execPath, ['--input-type=module', '-e', code], { env });
}

it('a package with the known hash is installed without its dependencies', async () => {
  const { code, output } = await install('known', sha512(tarball));
  expect([code, output]).toEqual([0, '']);
  expect(fs.readdirSync(path.join(folder, 'known', 'node_modules')).filter((n) => n[0] !== '.')).toEqual([
    'tiny',
  ]);
});

it('a package with other bytes is refused, even when the registry gives a matching hash', async () => {
  const { code, output } = await install('other', sha512('what the repository knows'));
  expect(code).not.toBe(0);
  expect(output).toContain('EINTEGRITY');
  expect(fs.existsSync(path.join(folder, 'other', 'node_modules', 'tiny', 'package.json'))).toBe(false);
});

it('a missing Node 24 that cannot be fetched is reported before anything is fetched', async () => {
  await expect(fetchNode24('darwin-arm64')).rejects.toThrow(
    'none can be fetched for darwin-arm64: install it',
  );
});
