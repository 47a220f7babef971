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

test('a new row worth seeing is revealed once, without selecting it', () => {
  const requests = new RevealRequests();
  expect(requests.next([row('run:iris-1'), row('run:iris-2', true)])).toEqual({
    id: 'run:iris-2',
    select: false,
  });
  expect(requests.next([row('run:iris-2', true)])).toBeUndefined();
});

test('a requested row is selected as soon as it is there, once', () => {
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

test('a requested row is selected even if it was revealed before', () => {
  const requests = new RevealRequests();
  requests.next([row('run:iris-2', true)]);
  requests.request('run:iris-2');
  expect(requests.next([row('run:iris-2', true)])).toEqual({ id: 'run:iris-2', select: true });
});

test('a requested row goes before other new rows, and the last request counts', () => {
  const requests = new RevealRequests();
  requests.request('run:iris-1');
  requests.request('run:iris-2');
  const rows = [row('run:iris-3', true), row('run:iris-2', true), row('run:iris-1', true)];
  expect(requests.next(rows)).toEqual({ id: 'run:iris-2', select: true });
  expect(requests.next(rows)).toBeUndefined();
});
