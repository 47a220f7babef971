import path from 'node:path';

const folder = path.join(import.meta.dirname, '..', 'python');

/** @typedef {'kfp' | 'kfpSource' | 'ruff' | 'tools'} PinnedList */

/**
 * The file of a list: each package with its version and hashes.
 * @param {PinnedList} list
 */
export function pinnedFile(list) {
  return path.join(folder, `${list}.txt`);
}

/**
 * What `pip install` and `uv pip install` take to install the packages of a list in `scripts/python`: these wheels, by
 * their hashes, and nothing else.
 * @param {PinnedList} list
 * @returns {readonly string[]}
 */
export function pinned(list) {
  return ['--quiet', '--no-deps', '--only-binary', ':all:', '--require-hashes', '-r', pinnedFile(list)];
}
