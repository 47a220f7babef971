import { expect, test } from 'vitest';
import type { Row } from './row.ts';
import { Sight } from './sight.ts';

const row = (id: string, shows = false): Row => ({ id, label: id, spoken: id, expand: 'closed', shows });

test('a row that is worth seeing is brought into sight once, and not selected', () => {
  const sight = new Sight();
  expect(sight.next([row('run:iris-1'), row('run:iris-2', true)])).toEqual({
    id: 'run:iris-2',
    select: false,
  });
  expect(sight.next([row('run:iris-2', true)])).toBeUndefined();
});

test('the row that was asked for is selected as soon as it is there, once', () => {
  const sight = new Sight();
  sight.ask('run:iris-2');
  expect(sight.next([row('run:iris-1')])).toBeUndefined();
  expect(sight.next([])).toBeUndefined();
  expect(sight.next([row('run:iris-2', true), row('run:iris-1')])).toEqual({
    id: 'run:iris-2',
    select: true,
  });
  expect(sight.next([row('run:iris-2', true), row('run:iris-1')])).toBeUndefined();
});

test('a row that is in sight already is selected when it is asked for', () => {
  const sight = new Sight();
  sight.next([row('run:iris-2', true)]);
  sight.ask('run:iris-2');
  expect(sight.next([row('run:iris-2', true)])).toEqual({ id: 'run:iris-2', select: true });
});

test('the row that was asked for comes before others that are new; of several the last counts', () => {
  const sight = new Sight();
  sight.ask('run:iris-1');
  sight.ask('run:iris-2');
  const rows = [row('run:iris-3', true), row('run:iris-2', true), row('run:iris-1', true)];
  expect(sight.next(rows)).toEqual({ id: 'run:iris-2', select: true });
  expect(sight.next(rows)).toBeUndefined();
});
