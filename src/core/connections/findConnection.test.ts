import { expect, test } from 'vitest';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { type ConnectionId, type ConnectionInfo, thisMachine } from '../domain/connection.ts';
import type { Connection } from '../ports/connections.ts';
import { connectionOf, findConnection, objectsOf, runsOf } from './findConnection.ts';
import { placeName } from './placeName.ts';

const backend = new FakePipelineBackend();
const team: ConnectionInfo = {
  id: 'team' as ConnectionId,
  kind: 'folder',
  name: 'Team files',
  readOnly: true,
  about: '',
};
const here: Connection = { info: backend.connection, backend: async () => backend };
const there: Connection = { info: team };
const connections = {
  all: [here, there],
  active: here,
  get: (id: ConnectionId) => [here, there].find(({ info }) => info.id === id),
};

test.each([
  [undefined, here],
  ['team', there],
  [' TEAM files ', there],
  ['this-machine', here],
  ['this machine', here],
])('finds the connection for %j', (text, connection) => {
  expect(findConnection(connections, text)).toBe(connection);
});

test('names the existing connections when one is not found', () => {
  expect(() => findConnection(connections, 'cluster')).toThrow(
    expect.objectContaining({
      kind: 'notFound',
      message: 'There is no connection "cluster".',
      hint: 'There is "This machine", "Team files".',
    }),
  );
  expect(() => connectionOf(connections, 'gone' as ConnectionId)).toThrow('gone is not here any more');
  expect(connectionOf(connections, undefined)).toBe(here);
  expect(connectionOf(connections, thisMachine)).toBe(here);
});

test('says what a connection does not offer', async () => {
  expect(await runsOf(here)).toBe(backend);
  expect(() => runsOf(there)).toThrow('"Team files" has objects alone, no pipelines and runs.');
  expect(() => objectsOf(there)).toThrow('"Team files" has no objects.');
});

test('names the connection only when there are several', () => {
  expect(placeName(connections, team)).toBe('Team files');
  expect(placeName({ all: [here] }, here.info)).toBeUndefined();
});
