import { expect, test } from 'vitest';
import { firstWords } from './firstSteps.ts';

test.each([
  ['"""Iris: a small pipeline that learns.\n\nMore.\n"""\n', 'a small pipeline that learns.'],
  ["'''One line.'''", 'One line.'],
  ['\n# First bug: mend it\n\nText', 'mend it'],
  ['import os\n', 'import os'],
  ['', ''],
])('the first line of a sample says what it is: %j', (text, words) => expect(firstWords(text)).toBe(words));
