import path from 'node:path';

const folder = path.join(import.meta.dirname, '..', 'python');

/**
 * What `pip install` and `uv pip install` take to install the packages of a list in `scripts/python`: these wheels, by
 * their hashes, and nothing else.
 * @param {'kfp' | 'kfpSource' | 'ruff' | 'tools'} list
 */
export function pinned(list) {
  const file = path.join(folder, `${list}.txt`);
  return ['--quiet', '--no-deps', '--only-binary', ':all:', '--require-hashes', '-r', file];
}
