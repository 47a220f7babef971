import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MAX_LINES = 400;

/**
 * Holds the Python and the scripts to the length that lint holds the TypeScript to; ruff has no such rule.
 * @param {string} root
 * @returns {{ ok: boolean, output: string }}
 */
export function checkFileLengths(root) {
  const listed = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard', '*.py', '*.mjs'], {
    cwd: root,
  });
  const files = listed
    .toString()
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)));
  const long = files
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > MAX_LINES);
  return {
    ok: long.length === 0,
    output: long.map(({ file, lines }) => `${file}: ${lines} lines, at most ${MAX_LINES}.\n`).join(''),
  };
}
