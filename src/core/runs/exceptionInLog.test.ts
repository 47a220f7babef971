import { expect, test } from 'vitest';
import type { PythonComponent } from '../pipelineSpec/pythonComponent.ts';
import { exceptionInLog } from './exceptionInLog.ts';

const source = [
  '',
  'import kfp',
  '',
  'def train(depth: int):',
  '    def ratio(one):',
  '        return 1 / one',
  '    return [ratio(value) for value in [depth]]',
  '',
].join('\n');
const component: PythonComponent = {
  source,
  function: 'train',
  install: { requirements: [], noDeps: [], options: [], unknown: [] },
};

const log = (error: string, ...frames: readonly string[]) =>
  ['Traceback (most recent call last):', ...frames, error, ''].join('\n');
const library = '  File "/usr/lib/python3.11/site-packages/x.py", line 1, in go';
const own = (line: number, name: string) =>
  `  File "/tmp/tmp.Yz/ephemeral_component.py", line ${line}, in ${name}`;

test('finds the last line of the own code, as text and as distance from the def', () => {
  const text = log('ZeroDivisionError: division by zero', library, own(7, 'train'), own(6, 'ratio'), library);
  expect(exceptionInLog(text, component)).toEqual({
    kind: 'exception',
    type: 'ZeroDivisionError',
    message: 'division by zero',
    line: 6,
    text: 'return 1 / one',
    function: 'ratio',
    offset: 2,
  });
});

test('names the function around a comprehension', () => {
  const text = log('ValueError: x', own(7, 'train'), own(7, '<listcomp>'));
  expect(exceptionInLog(text, component)).toMatchObject({ line: 7, function: 'train', offset: 3 });
});

test('names no line where the code is not known, or is another', () => {
  const text = log('ValueError: x', own(7, 'train'));
  expect(exceptionInLog(text, undefined)).toEqual({ kind: 'exception', type: 'ValueError', message: 'x' });
  expect(exceptionInLog(log('ValueError: x', own(70, 'train')), component)).not.toHaveProperty('line');
  expect(exceptionInLog(log('ValueError: x', library), component)).not.toHaveProperty('line');
});

test('says what to do about a missing package and a name from outside', () => {
  const hint = (error: string) => exceptionInLog(log(error, own(7, 'train')), component)?.hint;
  expect(hint("ModuleNotFoundError: No module named 'sklearn.tree'")).toContain('The package sklearn');
  expect(hint("NameError: name 'np' is not defined")).toContain('import or define inside it');
  expect(hint('ValueError: x')).toBeUndefined();
});

test('tells an exhausted memory apart, and reads nothing from a log without a traceback', () => {
  expect(exceptionInLog(log('MemoryError', own(7, 'train')), component)).toMatchObject({ kind: 'memory' });
  expect(exceptionInLog('all is well', component)).toBeUndefined();
});
