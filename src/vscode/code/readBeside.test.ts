import { expect, it } from 'vitest';
import { mayRead } from './readBeside.ts';

it.each([
  ['/w/train.py', true],
  ['/w/steps/score.py', true],
  ['/w/settings.yaml', true],
  ['/w/notes.md', false],
  ['/w/.vscode/settings.json', false],
  ['/w/venv/lib/site-packages/x.py', false],
  ['/other/x.py', false],
])('compiling /w/train.py may read %s: %s', (file, expected) => {
  expect(mayRead('/w/train.py', file)).toBe(expected);
});

it('a compiled pipeline is read from its own file only', () => {
  expect(mayRead('/w/train.yaml', '/w/train.yaml')).toBe(true);
  expect(mayRead('/w/train.yaml', '/w/train.py')).toBe(false);
});
