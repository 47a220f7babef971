import { expect, test } from 'vitest';
import { fileIcon } from './fileIcon.ts';

test.each([
  ['runs/1/data.csv', 'table'],
  ['model.BIN', 'file-binary'],
  ['notes', 'file'],
  ['a.constructor', 'file'],
  ['a.__proto__', 'file'],
])('the icon of %s is %s', (key, icon) => {
  expect(fileIcon(key)).toBe(icon);
});
