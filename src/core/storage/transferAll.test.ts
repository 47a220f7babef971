import { expect, test } from 'vitest';
import { MlopsError } from '../ports/mlopsError.ts';
import { transferAll } from './transferAll.ts';
import { Speed, transferText, type TransferState } from './transferText.ts';

const never = new AbortController().signal;
const ignore = () => undefined;

test('small files go eight at once, large ones alone', async () => {
  let [now, most] = [0, 0];
  const running: number[] = [];
  const one = (name: string, size: number) => ({
    name,
    size,
    run: async () => {
      now += 1;
      most = Math.max(most, now);
      running.push(now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
    },
  });
  const small = Array.from({ length: 20 }, (_, n) => one(`small ${n}`, 1000));
  const { done } = await transferAll(small, ignore, never);
  expect([done.length, most]).toEqual([20, 8]);
  running.length = 0;
  await transferAll([one('a', 100_000_000), one('b', 100_000_000)], ignore, never);
  expect(running).toEqual([1, 1]);
});

test('one that fails does not stop the others, and is told with its reason', async () => {
  const states: TransferState[] = [];
  const outcome = await transferAll(
    [
      { name: 'a', size: 1, run: async () => undefined },
      {
        name: 'b',
        size: 2,
        run: async () => {
          throw new MlopsError('conflict', 'It is locked.');
        },
      },
      { name: 'c', size: 3, run: async () => undefined },
    ],
    (state) => states.push(state),
    never,
  );
  expect(outcome.done).toEqual(['a', 'c']);
  expect(outcome.failed).toMatchObject([{ name: 'b', error: { message: 'It is locked.' } }]);
  expect(states.at(-1)).toEqual({ bytes: 4, total: 6, files: 2, of: 3 });
});

test('where the store is not reached, no more is begun', async () => {
  const run = async () => {
    throw new MlopsError('unreachable', 'No answer.');
  };
  const all = Array.from({ length: 100 }, (_, n) => ({ name: String(n), size: 1, run }));
  const { failed, left } = await transferAll(all, ignore, never);
  expect(failed.length).toBeLessThanOrEqual(16);
  expect(failed.length + left.length).toBe(100);
});

test('cancelling ends those that run and leaves out the rest', async () => {
  const controller = new AbortController();
  const run = (onBytes: (bytes: number) => void, signal: AbortSignal) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      onBytes(1);
    });
  const all = [
    { name: 'done', size: 70_000_000, run: async () => undefined },
    { name: 'cut', size: 70_000_000, run },
    { name: 'not begun', size: 70_000_000, run },
  ];
  const states: TransferState[] = [];
  const outcome = await transferAll(
    all,
    (state) => {
      states.push(state);
      if (state.bytes > 70_000_000) controller.abort();
    },
    controller.signal,
  );
  expect(outcome).toEqual({ done: ['done'], failed: [], left: ['cut', 'not begun'] });
});

test('the speed is that of the last seconds', () => {
  const speed = new Speed();
  expect(speed.at(0, 0)).toBeUndefined();
  expect(speed.at(1000, 1_000_000)).toBe(1_000_000);
  for (let second = 2; second <= 20; second += 1) speed.at(second * 1000, 1_000_000);
  expect(speed.at(21_000, 1_000_000)).toBe(0);
});

test('its text says bytes, speed and files', () => {
  const state = { bytes: 12_000_000, total: 1_200_000_000, files: 3, of: 20 };
  expect(transferText(state, 34_000_000)).toBe('12 MB of 1.2 GB, 34 MB/s, 3 of 20 files');
  expect(transferText({ ...state, of: 1 }, undefined)).toBe('12 MB of 1.2 GB');
});
