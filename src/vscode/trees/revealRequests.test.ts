import { expect, test } from 'vitest';
import type { Row } from './row.ts';
import { RevealRequests } from './revealRequests.ts';

const row = (id: string, shows = false): Row => ({
  id,
  label: id,
  spoken: id,
  expand: 'closed',
  revealOnce: shows,
});

test('a row that is worth seeing is brought into requests once, and not selected', () => {
  const requests = new RevealRequests();
  expect(requests.next([row('run:iris-1'), row('run:iris-2', true)])).toEqual({
    id: 'run:iris-2',
    select: false,
  });
  expect(requests.next([row('run:iris-2', true)])).toBeUndefined();
});

test('the row that was asked for is selected as soon as it is there, once', () => {
  const requests = new RevealRequests();
  requests.request('run:iris-2');
  expect(requests.next([row('run:iris-1')])).toBeUndefined();
  expect(requests.next([])).toBeUndefined();
  expect(requests.next([row('run:iris-2', true), row('run:iris-1')])).toEqual({
    id: 'run:iris-2',
    select: true,
  });
  expect(requests.next([row('run:iris-2', true), row('run:iris-1')])).toBeUndefined();
});

test('a row that is in requests already is selected when it is asked for', () => {
  const requests = new RevealRequests();
  requests.next([row('run:iris-2', true)]);
  requests.request('run:iris-2');
  expect(requests.next([row('run:iris-2', true)])).toEqual({ id: 'run:iris-2', select: true });
});

test('the row that was asked for comes before others that are new; of several the last counts', () => {
  const requests = new RevealRequests();
  requests.request('run:iris-1');
  requests.request('run:iris-2');
  const rows = [row('run:iris-3', true), row('run:iris-2', true), row('run:iris-1', true)];
  expect(requests.next(rows)).toEqual({ id: 'run:iris-2', select: true });
  expect(requests.next(rows)).toBeUndefined();
});
