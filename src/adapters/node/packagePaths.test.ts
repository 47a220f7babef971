import { describe, expect, it } from 'vitest';
import { located } from './packagePaths.ts';

describe('a package that is named by its path', () => {
  it.each([
    ['./lib', '/w/lib'],
    ['../lib[fast]', '/lib[fast]'],
    ['libs/tools', '/w/libs/tools'],
    ['./lib; python_version > "3.9"', '/w/lib; python_version > "3.9"'],
    ['/opt/lib', '/opt/lib'],
    ['~/lib', '~/lib'],
    ['pandas==2.2.3', 'pandas==2.2.3'],
    ['lib @ file:///opt/lib', 'lib @ file:///opt/lib'],
    ['git+https://example.org/a/b.git', 'git+https://example.org/a/b.git'],
  ])('%s starts at the workspace folder', (written, meant) => {
    expect(located(written, '/w')).toBe(meant);
    expect(located(written, undefined)).toBe(written);
  });
});
