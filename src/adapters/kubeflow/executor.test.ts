import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { exceptionInLog } from '../../core/runs/exceptionInLog.ts';
import { executorInputIn, executorOutputIn } from './executor.ts';

const folder = path.join(import.meta.dirname, '../../../test/recordings/kfp/executor');
const logOf = (name: string) => readFile(path.join(folder, name), 'utf8');

test('reads what a task wrote out of its log', async () => {
  expect(executorOutputIn(await logOf('score-model.log'))).toMatchObject({
    parameterValues: { Output: 0.93 },
    artifacts: { metrics: { artifacts: [{ name: 'metrics', metadata: { accuracy: 0.93 } }] } },
  });
  expect(executorOutputIn(await logOf('train-tree.log'))?.artifacts['model']?.artifacts[0]).toMatchObject({
    uri: 'minio://mlpipeline/v2/artifacts/iris-train/8f2c/train-tree/model',
    metadata: { framework: 'none' },
  });
});

test('takes the last of several outputs, an empty one, and none that is cut off', () => {
  const line = 'I1128 02:32:22.502999      27 launcher_v2.go:779] ExecutorOutput: ';
  const both = `${line}{\n  "parameterValues": {"a": 1}\n}\n${line}{\n  "parameterValues": {"a": 2}\n}\n`;
  expect(executorOutputIn(both)?.parameterValues).toEqual({ a: 2 });
  expect(executorOutputIn(`${line}{}\nmore`)).toEqual({ parameterValues: {}, artifacts: {} });
  expect(executorOutputIn(`${line}{\n  "parameterValues": {"a": 1}`)).toBeUndefined();
  expect(executorOutputIn('I wrote: ExecutorOutput: {}\n')).toBeUndefined();
});

test('reads the exception out of the log of a task that failed', async () => {
  const log = await logOf('train-tree-raises.log');
  expect(exceptionInLog(log, undefined)).toEqual({
    kind: 'exception',
    type: 'ZeroDivisionError',
    message: 'float division by zero',
  });
  expect(executorOutputIn(log)).toBeUndefined();
});

test("reads the executor's input past the placeholder of the component's own words", () => {
  const input = { inputs: { parameterValues: { depth: 3 } } };
  const patch = (words: readonly string[]) =>
    JSON.stringify({
      containers: [
        { name: 'main', args: words, command: ['launch', '--executor_input', JSON.stringify(input)] },
      ],
    });
  expect(executorInputIn(patch(['--executor_input', '{{$}}']))?.inputs.parameterValues).toEqual({ depth: 3 });
  expect(executorInputIn('')).toBeUndefined();
  expect(
    executorInputIn(JSON.stringify({ containers: [{ args: ['--executor_input', '{{$}}'] }] })),
  ).toBeUndefined();
});
