import fs from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Door } from '../../../servers/kubernetes/doorServer.ts';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

/** A kubeconfig with the context `team`; `script` gets the credentials. */
export function kubeconfigOf(door: Door, script?: string): string {
  const args = ['-c', script ?? ''];
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: '/bin/sh', args };
  return JSON.stringify({
    clusters: [{ name: 'c', cluster: { server: door.address, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user: script === undefined ? {} : { exec } }],
    contexts: [{ name: 'team', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'team',
  });
}

const credential = {
  apiVersion: 'client.authentication.k8s.io/v1',
  kind: 'ExecCredential',
  status: { token: 'one' },
};
const printing = (note: string) => `: ${note}; echo '${JSON.stringify(credential)}'`;

/** Connections by a kube context: of the person, of a file, of the workspace. */
export function kubeContextCases(suite: Suite, door: Door): void {
  describe('a connection by a kube context', () => {
    afterAll(() => door.close());

    it('is added from the contexts of the kubeconfig', { timeout: startMs }, async () => {
      const { quickInput, notifications } = suite.workbench;
      await suite.startOver();
      await suite.workbench.runCommand('MLOps: Add connection…');
      await quickInput.pick('From a Kubernetes context');
      await quickInput.titled('The Kubernetes context');
      await shot(suite.workbench, 'connection-contexts');
      await quickInput.pick(door.address);
      await quickInput.titled('The name of the connection');
      await quickInput.answer('Kube');
      await notifications.close('Kube was added.');
      const tree = suite.workbench.tree('Pipelines');
      await tree.open();
      await tree.pressTitle('Collapse All');
      await tree.expand('Kube');
      await tree.row('iris-train').waitFor();
      await shot(suite.workbench, 'connection-by-context');
    });

    it('is checked by its name', async () => {
      const { chat } = suite.workbench;
      await chat.say('@mlops check the connection Kube');
      const answer = await chat.waitForAnswer(runMs);
      expect(answer).toContain('Kube works.');
      expect(answer).toContain('Kubeflow Pipelines is in the namespace kubeflow');
      await shot(suite.workbench, 'connection-context-checked');
    });

    it('is renamed', async () => {
      const { quickInput } = suite.workbench;
      const tree = suite.workbench.tree('Pipelines');
      await tree.menu('Kube', 'Rename connection');
      await quickInput.titled('Rename Kube');
      await quickInput.answer('Team cluster');
      await tree.row('Team cluster').waitFor();
    });

    it('is added from a file after a yes to all that it contacts and runs', async () => {
      const { dialogs, quickInput, notifications } = suite.workbench;
      const kubeconfig = suite.place.file('theirs');
      fs.writeFileSync(kubeconfig, kubeconfigOf(door, printing('file')));
      const file = suite.place.file('connection.json');
      const row = { name: 'From file', kind: 'kubeflow', context: 'team', kubeconfig };
      fs.writeFileSync(file, JSON.stringify(row));
      await suite.workbench.runCommand('MLOps: Add connection…');
      await quickInput.pick('From a file');
      await quickInput.titled('Add the connection of which file?');
      await quickInput.chooseFile(file, 'Add');
      const { message, detail } = await dialogs.wait();
      expect(message).toBe(`Connect to “From file” by the kube context team at ${door.address}?`);
      expect(detail).toContain('/bin/sh -c : file; echo');
      await shot(suite.workbench, 'connection-file');
      await dialogs.press('Connect');
      await notifications.close('From file was added.');
    });

    it('of the workspace is used after a yes, and waits again once its command has changed', async () => {
      const { chat, dialogs } = suite.workbench;
      const kubeconfig = suite.place.file('of-workspace');
      fs.writeFileSync(kubeconfig, kubeconfigOf(door, printing('first')));
      const folder = path.join(suite.place.workspace, '.vscode');
      fs.mkdirSync(folder, { recursive: true });
      const rows = [{ name: 'Shared kube', kind: 'kubeflow', context: 'team', kubeconfig }];
      fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ 'mlops.connections': rows }));
      const tree = suite.workbench.tree('Pipelines');
      await tree.pressTitle('Collapse All');
      await tree.row(/Shared kube\W*not allowed yet/).waitFor({ timeout: runMs });
      await tree.press('Shared kube', 'Allow connection');
      expect((await dialogs.wait()).detail).toContain('/bin/sh -c : first; echo');
      await shot(suite.workbench, 'connection-allow-context');
      await dialogs.press('Connect');
      await tree.row(/Shared kube\W*not allowed yet/).waitFor({ state: 'detached' });
      fs.writeFileSync(kubeconfig, kubeconfigOf(door, printing('second')));
      await chat.say('@mlops list runs on Shared kube');
      expect(await chat.waitForAnswer(runMs)).toContain('Not allowed any more');
      await tree.row(/Shared kube\W*not allowed yet/).waitFor();
      await tree.press('Shared kube', 'Allow connection');
      expect((await dialogs.wait()).detail).toContain('/bin/sh -c : second; echo');
      await dialogs.press('Connect');
      await chat.say('@mlops list runs on Shared kube');
      expect(await chat.waitForAnswer(runMs)).toContain('On Shared kube:');
      await shot(suite.workbench, 'connection-context-allowed-again');
    });
  });
}
