import * as os from 'node:os';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { aboutKind, configuredConnections } from './configured.ts';

test('a row defines a connection with an id that fits into addresses', () => {
  const { connections, problems } = configuredConnections([
    { name: 'Team home', kind: 'home', folder: '/srv/team', sharedHome: true },
    { name: 'Exports', kind: 'folder', folder: '~/exports', readOnly: true },
  ]);
  expect(problems).toEqual([]);
  expect(connections).toEqual([
    {
      info: {
        id: 'team-home',
        kind: 'thisMachine',
        name: 'Team home',
        readOnly: false,
        about: aboutKind.thisMachine,
      },
      folder: path.resolve('/srv/team'),
      sharedHome: true,
    },
    {
      info: { id: 'exports', kind: 'folder', name: 'Exports', readOnly: true, about: aboutKind.folder },
      folder: path.join(os.homedir(), 'exports'),
      sharedHome: false,
    },
  ]);
});

test.each([
  ['says too little', { name: 'A' }, 'it has no name, kind or folder'],
  ['has a name without letters', { name: '…', kind: 'home', folder: '/a' }, 'it has no name, kind or folder'],
  [
    'takes the name of this machine',
    { name: 'This machine', kind: 'home', folder: '/a' },
    'its name is taken',
  ],
])('a row that %s is ignored', (_, row, why) => {
  expect(configuredConnections([row])).toEqual({
    connections: [],
    problems: [`Row 1 of the setting mlops.connections is not used: ${why}.`],
  });
});

test('the first of two rows with the same name counts', () => {
  const rows = ['/a', '/b'].map((folder) => ({ name: 'Team', kind: 'home', folder }));
  const { connections, problems } = configuredConnections(rows);
  expect(connections).toMatchObject([{ folder: path.resolve('/a') }]);
  expect(problems).toHaveLength(1);
});

test('a setting that is no list defines no connections', () => {
  expect(configuredConnections({})).toEqual({ connections: [], problems: [] });
});

test('a server of Kubeflow Pipelines has an endpoint', () => {
  const rows = [
    { name: 'Cluster', kind: 'kubeflow', endpoint: 'http://127.0.0.1:8888/' },
    {
      name: 'Team',
      kind: 'kubeflow',
      endpoint: 'https://kubeflow.example.test/api',
      namespace: 'team-a',
      page: 'https://kubeflow.example.test/pipeline/',
      readOnly: true,
    },
  ];
  expect(configuredConnections(rows)).toEqual({
    connections: [
      {
        info: {
          id: 'cluster',
          kind: 'kubeflow',
          name: 'Cluster',
          readOnly: false,
          about: aboutKind.kubeflow,
          keeps: true,
        },
        endpoint: 'http://127.0.0.1:8888',
        signIn: 'none',
      },
      {
        info: {
          id: 'team',
          kind: 'kubeflow',
          name: 'Team',
          readOnly: true,
          about: aboutKind.kubeflow,
          keeps: true,
          namespace: 'team-a',
        },
        endpoint: 'https://kubeflow.example.test/api',
        signIn: 'none',
        namespace: 'team-a',
        page: 'https://kubeflow.example.test/pipeline',
      },
    ],
    problems: [],
  });
});

test.each([
  'http://kubeflow.example.test',
  'https://me:secret@example.test',
  'ftp://127.0.0.1',
  'cluster',
  7,
])('a server at %s is not used', (endpoint) => {
  const { connections, problems } = configuredConnections([{ name: 'Cluster', kind: 'kubeflow', endpoint }]);
  expect(connections).toEqual([]);
  expect(problems).toEqual([
    'Row 1 of the setting mlops.connections is not used: it needs a name and either a kube context or an endpoint with https, or with http on this machine.',
  ]);
});

test('a server may name its sign-in, its store, its namespace and those that are protected', () => {
  const row = {
    name: 'Cluster',
    kind: 'kubeflow',
    endpoint: 'https://kubeflow.example.test',
    signIn: 'tokenFile',
    tokenFile: '~/token',
    namespace: 'team',
    protectedNamespaces: ['prod-*'],
    store: 'Objects',
  };
  expect(configuredConnections([row]).connections).toMatchObject([
    {
      info: { namespace: 'team', protectedNamespaces: ['prod-*'] },
      signIn: 'tokenFile',
      storeName: 'Objects',
      tokenFile: path.join(os.homedir(), 'token'),
    },
  ]);
});

test.each([
  [{ signIn: 'magic' }, 'its signIn is none of none, token, tokenFile, password, cookie'],
  [{ signIn: 'tokenFile' }, 'it needs the tokenFile that it signs in with'],
  [{ protectedNamespaces: 'prod' }, 'its protectedNamespaces are no list of names'],
])('a server with %j is not used', (more, why) => {
  const row = { name: 'Cluster', kind: 'kubeflow', endpoint: 'http://127.0.0.1:8888', ...more };
  expect(configuredConnections([row])).toEqual({
    connections: [],
    problems: [`Row 1 of the setting mlops.connections is not used: ${why}.`],
  });
});

test('a server of Kubeflow Pipelines is reached by a kube context instead of an endpoint', () => {
  const row = { name: 'Kube', kind: 'kubeflow', context: 'test', kubeconfig: '~/k', signIn: 'token' };
  const { connections, problems } = configuredConnections([row, { ...row, name: 'Own', kubeconfig: '' }]);
  expect(problems).toEqual([]);
  expect(connections).toMatchObject([
    { kube: { context: 'test', kubeconfig: path.join(os.homedir(), 'k') }, signIn: 'none' },
    { kube: { context: 'test' }, signIn: 'none' },
  ]);
  expect(connections[1]).not.toHaveProperty('kube.kubeconfig');
});

test('a row names an endpoint or a kube context, not both', () => {
  const row = { name: 'Kube', kind: 'kubeflow', context: 'test', endpoint: 'https://a.example.test' };
  expect(configuredConnections([row]).problems).toEqual([
    expect.stringContaining('either a kube context or'),
  ]);
});

test('an object store has an address, and what it is reached by', () => {
  const row = { name: 'Objects', kind: 's3', endpoint: 'http://127.0.0.1:9000' };
  const more = {
    ...{ region: 'eu-central-1', pathStyle: false, buckets: ['mine'], profile: 'work' },
    authority: '~/ca.pem',
    name: 'Team objects',
  };
  expect(configuredConnections([row, { ...row, ...more }]).connections).toEqual([
    {
      info: {
        ...{ id: 'objects', kind: 's3', name: 'Objects', readOnly: false },
        about: aboutKind.s3,
      },
      store: { address: 'http://127.0.0.1:9000', pathStyle: true },
    },
    {
      info: expect.objectContaining({ id: 'team-objects' }),
      store: {
        address: 'http://127.0.0.1:9000',
        ...{ region: 'eu-central-1', pathStyle: false, buckets: ['mine'], profile: 'work' },
        authority: path.join(os.homedir(), 'ca.pem'),
      },
    },
  ]);
});

test.each([
  [{ endpoint: 'http://minio.example.test' }, 'with https, or with http on this machine'],
  [{ endpoint: 'https://minio.example.test/console' }, 'its endpoint has a path'],
  [{ buckets: 'mine' }, 'its buckets are no list of names'],
])('an object store with %j is not used', (wrong, why) => {
  const row = { name: 'Objects', kind: 's3', endpoint: 'https://minio.example.test', ...wrong };
  const { connections, problems } = configuredConnections([row]);
  expect(connections).toEqual([]);
  expect(problems).toEqual([expect.stringContaining(why)]);
});
