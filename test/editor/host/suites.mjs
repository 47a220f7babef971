// The host tests, as they are run: on the oldest and the newest editor, in a trusted folder and in Restricted Mode.
//   node test/editor/host/suites.mjs [--only 1.139]     what holds a word of the suite's name
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EDITORS, NEWEST_EDITOR, OLDEST_EDITOR } from '../../../scripts/lib/editorInstall.mjs';
import { runHostTests } from '../../../scripts/lib/hostTests.mjs';
import { ensureNode24 } from '../../../scripts/node24.mjs';
import { makeHostile } from './restricted/hostileFolder.mjs';

/**
 * Each suite as `runHostTests` takes it, with a name.
 * @typedef {import('../../../scripts/lib/hostTests.mjs').HostTests & { readonly name: string }} HostSuite
 * @type {readonly HostSuite[]}
 */
export const hostSuites = [NEWEST_EDITOR, OLDEST_EDITOR].flatMap((version) => [
  { name: `host-${EDITORS[version]}`, version },
  {
    name: `host-${EDITORS[version]}-restricted`,
    version,
    files: 'test/editor/host/restricted/*.test.mjs',
    trust: true,
    prepare: makeHostile,
  },
]);

/** Runs one suite, away from the person's own runs. Gives what `runHostTests` gives; a suite without tests failed.
 * @param {HostSuite} suite
 */
export async function runHostSuite({ name: _name, ...suite }, env = process.env) {
  const home = fs.mkdtempSync(path.join(env.TMPDIR ?? os.tmpdir(), 'mlops-host-unused-'));
  try {
    const result = await runHostTests({ ...suite, env: { ...env, MLOPS_HOME: home } });
    return result.passed > 0 ? result : { ...result, code: result.code || 1 };
  } finally {
    fs.rmSync(home, { recursive: true, force: true });
  }
}

if (import.meta.main ?? process.argv[1]?.endsWith('suites.mjs')) {
  await ensureNode24(import.meta.url);
  const at = process.argv.indexOf('--only');
  const only = at < 0 ? '' : (process.argv[at + 1] ?? '');
  for (const suite of hostSuites.filter(({ name }) => name.includes(only))) {
    const began = performance.now();
    const { code, output, passed, failed } = await runHostSuite(suite);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    console.log(
      `${code === 0 ? 'ok    ' : 'FAILED'} ${seconds} s  ${suite.name}: ${passed} passed, ${failed} failed`,
    );
    if (code !== 0 || process.argv.includes('--verbose')) console.log(output);
    if (code !== 0) process.exitCode = 1;
  }
}
