import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startDemo } from '../../servers/kfp/demo.ts';
import { startDoor } from '../../servers/kubernetes/doorServer.ts';
import { connectingCases } from './cases/connecting.ts';
import { kubeconfigOf, kubeContextCases } from './cases/kubeContexts.ts';
import { keptRows } from './cases/keptRows.ts';
import { managing } from './cases/kept.ts';
import { schedules } from './cases/schedules.ts';
import { shot } from './support/shot.ts';
import { runMs, useEditor } from './support/suite.ts';

const server = await startDemo({ step: 250 });
const door = await startDoor({ upstream: server.address });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-kube-'));
const kubeconfig = path.join(folder, 'config');
fs.writeFileSync(kubeconfig, kubeconfigOf(door));

describe('a Kubeflow server', () => {
  afterAll(async () => {
    await server.close();
    fs.rmSync(folder, { recursive: true });
  });
  const suite = useEditor({
    workspace: 'samples',
    model: 'MLOps Basics',
    env: { KUBECONFIG: kubeconfig },
    settings: {
      'files.simpleDialog.enable': true,
      'mlops.connections': [
        { name: 'Cluster', kind: 'kubeflow', endpoint: server.address },
        { name: 'Production', kind: 'kubeflow', endpoint: server.address, readOnly: true },
      ],
    },
  });

  it('has its pipelines and runs in the sidebar', async () => {
    const tree = suite.workbench.tree('Pipelines');
    await tree.open();
    await tree.expand('Cluster');
    await tree.row('iris-train').waitFor();
    await shot(suite.workbench, 'kubeflow-tree');
  });

  it('lists its runs where a sentence names it', async () => {
    const { chat } = suite.workbench;
    await chat.say('@mlops list runs on Cluster');
    const answer = await chat.waitForAnswer(runMs);
    expect(answer).toContain('On Cluster:');
    expect(answer).toMatch(/iris of yesterday.* succeeded/);
    expect(answer).toMatch(/iris with an exception.* failed/);
    await shot(suite.workbench, 'kubeflow-runs');
  });

  it('runs a sample after asking, and nothing runs here', async () => {
    const { chat } = suite.workbench;
    await chat.say('@mlops run iris on Cluster');
    expect((await chat.confirmations.wait(runMs)).title).toBe('Run iris on Cluster?');
    await shot(suite.workbench, 'kubeflow-confirm');
    await chat.confirmations.allowOnce();
    expect(await chat.waitForAnswer(runMs)).toMatch(
      /On Cluster:[\s\S]*iris-\w+ (?:succeeded|is still running)/,
    );
    expect(server.calls.filter((call) => call === 'POST /apis/v2beta1/runs').length).toBeGreaterThan(7);
    expect(suite.place.runs()).toEqual([]);
    await shot(suite.workbench, 'kubeflow-ran');
  });

  managing(suite, server);

  connectingCases(suite, server);
  kubeContextCases(suite, door);

  schedules(suite, server);
  keptRows(suite, server);
});
