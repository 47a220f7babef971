import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const PERMISSIVE = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'CC0-1.0',
  'Unlicense',
  'BlueOak-1.0.0',
  'Python-2.0',
  'PSF-2.0',
]);
/** Fonts and pictures, not code: a licence for works is fine there. */
const WORKS = new Map([['@vscode/codicons', 'CC-BY-4.0']]);

/** Work of others within a package, of which its own licence says nothing. */
const WITHIN = new Map([
  [
    'unpdf',
    'It contains pdf.js (https://github.com/mozilla/pdf.js), Copyright Mozilla Foundation, under the Apache License, Version 2.0,\nwhose text is in the file LICENSE.',
  ],
]);

/**
 * Name, version and licence of an installed package.
 * @param {string} root the repository
 * @param {string} path where it is installed, for example `node_modules/zod`
 * @returns {{ name: string, version: string, licence: string, text: string }} the text is empty when it ships none
 */
export function packageLicence(root, path) {
  const folder = join(root, path);
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const declared = license ?? licenses?.[0];
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort();
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const text = [...texts, ...(WITHIN.has(name) ? [WITHIN.get(name)] : [])].join('\n\n');
  return { name, version, licence: declared?.type ?? declared ?? 'none', text };
}

/**
 * Whether we may ship a package under this licence.
 * @param {string} name the package
 * @param {string} licence an SPDX expression: of `(A OR B)` one has to be permissive, of `A AND B` both
 */
export function mayShip(name, licence) {
  if (WORKS.get(name) === licence) return true;
  const any = licence.replace(/^\(|\)$/g, '').split(/ OR /i);
  return any.some((choice) => choice.split(/ AND /i).every((one) => PERMISSIVE.has(one.trim())));
}

/**
 * Checks the licence of everything that could be shipped: the dependencies of package.json and theirs.
 * @param {string} root the repository
 * @returns {{ ok: boolean, output: string }}
 */
export function checkLicences(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const shipped = Object.keys(packages).filter(
    (path) => path !== '' && !packages[path].dev && !packages[path].devOptional,
  );
  const refused = shipped
    .filter((path) => existsSync(join(root, path)))
    .map((path) => packageLicence(root, path))
    .filter(({ name, licence }) => !mayShip(name, licence));
  return {
    ok: refused.length === 0,
    output: refused
      .map(({ name, version, licence }) => `${name}@${version}: ${licence} is not on the list.\n`)
      .join(''),
  };
}
