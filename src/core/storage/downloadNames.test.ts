import { describe, expect, test } from 'vitest';
import { downloadNames } from './downloadNames.ts';

const linux = { isWindows: false, ignoresCase: false };
const windows = { isWindows: true, ignoresCase: true };
const plan = (keys: readonly string[], naming = linux, prefix = '') => {
  const { files, refused } = downloadNames(
    keys.map((key) => ({ key, size: 1 })),
    prefix,
    naming,
  );
  return {
    files: files.map(({ names }) => names.join('|')),
    refused: Object.fromEntries(refused.map(({ key, reason }) => [key, reason])),
  };
};

describe('a download of a folder', () => {
  test('keeps the names below the prefix', () => {
    const keys = ['data/007', 'data/a b/c+d 100%.csv', 'data/日本/é.txt'];
    expect(plan(keys, linux, 'data/')).toEqual({
      files: ['007', 'a b|c+d 100%.csv', '日本|é.txt'],
      refused: {},
    });
  });

  test('refuses by name what would leave the folder or is no path', () => {
    expect(plan(['../../etc/passwd', 'a/../b', './a', 'a//b', '/etc/passwd', 'a\0b', 'good'])).toEqual({
      files: ['good'],
      refused: {
        '../../etc/passwd': 'it has .. between slashes',
        'a/../b': 'it has .. between slashes',
        './a': 'it has . between slashes',
        'a//b': 'it has an empty name between slashes',
        '/etc/passwd': 'it has an empty name between slashes',
        'a\0b': 'it has a zero character',
      },
    });
    expect(plan(['x'.repeat(256)]).files).toEqual([]);
  });

  test('refuses what would be a file and a folder', () => {
    expect(plan(['a', 'a/b'])).toEqual({
      files: ['a|b'],
      refused: { a: 'there are objects below it, so it would be a folder' },
    });
  });

  test('refuses a second file of one name where case does not matter', () => {
    expect(plan(['A.csv', 'a.csv'])).toMatchObject({ files: ['A.csv', 'a.csv'] });
    expect(plan(['A.csv', 'a.csv', 'caf\u00e9', 'cafe\u0301'], windows)).toEqual({
      files: ['A.csv', 'caf\u00e9'],
      refused: {
        'a.csv': 'it would be the same file as A.csv',
        'cafe\u0301': 'it would be the same file as caf\u00e9',
      },
    });
  });

  test('refuses names that Windows has not', () => {
    expect(plan(['NUL', 'con.txt', 'a:b', 'a ', String.raw`..\x`, 'good'], windows).files).toEqual(['good']);
  });

  test('leaves out the markers of folders', () => {
    const { files, refused } = downloadNames([{ key: 'a/', size: 0 }], '', linux);
    expect([files, refused]).toEqual([[], []]);
  });
});
