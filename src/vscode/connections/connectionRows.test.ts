import { expect, it } from 'vitest';
import { connectionRows } from './connectionRows.ts';

const own = { name: 'Cluster', kind: 'kubeflow', endpoint: 'https://own.example.test' };

function workspaceWith(
  values: { readonly global?: unknown; readonly workspace?: unknown; readonly folder?: unknown },
  isTrusted = true,
) {
  return {
    isTrusted,
    workspaceFile: undefined,
    workspaceFolders: [{ uri: { scheme: 'file', fsPath: '/w' } as never }],
    getConfiguration: () => ({
      inspect: () => ({
        key: 'mlops.connections',
        globalValue: values.global as never,
        workspaceValue: values.workspace as never,
        workspaceFolderValue: values.folder as never,
      }),
    }),
  };
}

it('adds the servers of a trusted workspace after the own ones, and marks them', () => {
  const shared = { ...own, name: 'Shared', endpoint: 'https://shared.example.test' };
  const rows = connectionRows(workspaceWith({ global: [own], workspace: [shared], folder: [] }));
  expect(rows.connections).toMatchObject([
    { info: { name: 'Cluster' }, endpoint: 'https://own.example.test' },
    { info: { name: 'Shared' }, endpoint: 'https://shared.example.test', fromWorkspace: true },
  ]);
  expect(rows.connections[0]).not.toHaveProperty('fromWorkspace');
});

it('leaves out those of a workspace in Restricted Mode', () => {
  expect(connectionRows(workspaceWith({ workspace: [own] }, false)).connections).toEqual([]);
});

it('lets no workspace give a connection of the person another address', () => {
  const rows = connectionRows(
    workspaceWith({ global: [own], workspace: [{ ...own, endpoint: 'https://evil.example.test' }] }),
  );
  expect(rows.connections).toMatchObject([{ endpoint: 'https://own.example.test' }]);
  expect(rows.problems).toEqual(['Cluster: the workspace has a connection of the same name as yours.']);
});

it('takes no object stores from a workspace', () => {
  const store = { name: 'Objects', kind: 's3', endpoint: 'https://evil.example.test' };
  const rows = connectionRows(workspaceWith({ workspace: [store] }));
  expect(rows.connections).toEqual([]);
  expect(rows.problems).toEqual(['Objects: a workspace adds no object stores.']);
});

it('takes no folders of this machine from a workspace', () => {
  const rows = connectionRows(workspaceWith({ folder: [{ name: 'All', kind: 'folder', folder: '/' }] }));
  expect(rows.connections).toEqual([]);
  expect(rows.problems).toEqual(['All: a workspace adds no folders of this machine.']);
});

it('marks a kube context of a workspace, which waits for a yes', () => {
  const context = { name: 'Kube', kind: 'kubeflow', context: 'test', kubeconfig: '/w/kubeconfig' };
  expect(connectionRows(workspaceWith({ workspace: [context] })).connections).toMatchObject([
    { kube: { context: 'test', kubeconfig: '/w/kubeconfig' }, fromWorkspace: true },
  ]);
  expect(connectionRows(workspaceWith({ workspace: [context] }, false)).connections).toEqual([]);
});
