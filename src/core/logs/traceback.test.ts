import { expect, test } from 'vitest';
import { lastTraceback } from './traceback.ts';

const simple = [
  'Traceback (most recent call last):',
  '  File "/tmp/x/ephemeral_component.py", line 11, in train',
  '    return 1 / (1 + depth)',
  '           ~~^~~~~~~~~~~~~',
  'ZeroDivisionError: division by zero',
];

test('reads type, message and frames, without the marks below a line', () => {
  expect(lastTraceback(['hello', ...simple, ''].join('\n'))).toEqual({
    type: 'ZeroDivisionError',
    message: 'division by zero',
    frames: [
      {
        file: '/tmp/x/ephemeral_component.py',
        line: 11,
        function: 'train',
        text: 'return 1 / (1 + depth)',
      },
    ],
  });
});

test('leaves the module out of the type, and out of the message what was printed behind it', () => {
  const log = [...simple.slice(0, -1), 'urllib.error.URLError: <timed out>', 'printed before, flushed after'];
  expect(lastTraceback(log.join('\r\n'))).toMatchObject({ type: 'URLError', message: '<timed out>' });
  expect(lastTraceback([...simple.slice(0, -1), 'AssertionError'].join('\n'))).toMatchObject({
    type: 'AssertionError',
    message: '',
  });
});

test('takes the last one of exceptions that led to one another', () => {
  const second = [
    'Traceback (most recent call last):',
    '  File "a.py", line 3, in <module>',
    '  File "b.py", line 4, in go',
    '    raise KeyError(1) from error',
    'KeyError: 1',
  ];
  const between = ['', 'The above exception was the direct cause of the following exception:', ''];
  expect(lastTraceback([...simple, ...between, ...second].join('\n'))).toEqual({
    type: 'KeyError',
    message: '1',
    frames: [
      { file: 'a.py', line: 3, function: '<module>' },
      { file: 'b.py', line: 4, function: 'go', text: 'raise KeyError(1) from error' },
    ],
  });
});

test('reads one that is indented, and the place of a syntax error', () => {
  const log = [
    'Traceback (most recent call last):',
    '  File "main.py", line 1, in load',
    '    exec(code)',
    '  File "/tmp/x/ephemeral_component.py", line 9',
    '    def',
    '       ^',
    'SyntaxError: invalid syntax',
  ];
  expect(lastTraceback(log.map((line) => `    ${line}`).join('\n'))).toMatchObject({
    type: 'SyntaxError',
    frames: [{ file: 'main.py' }, { file: '/tmp/x/ephemeral_component.py', line: 9, text: 'def' }],
  });
});

test('reads nothing where there is none, or where it is cut off', () => {
  expect(lastTraceback('Error: exit status 1')).toBeUndefined();
  expect(lastTraceback(simple.slice(0, 3).join('\n'))).toBeUndefined();
  expect(lastTraceback('said: Traceback (most recent call last):\nValueError: x')).toBeUndefined();
});
