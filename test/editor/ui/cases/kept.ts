import { expect, it } from 'vitest';
import type { KfpServer } from '../../../servers/kfp/server.ts';
import { shot } from '../support/shot.ts';
import { runMs, type Suite } from '../support/suite.ts';

/** What a person does on a Kubeflow server in the chat, one thing after the other. */
export function managing(suite: Suite, server: KfpServer): void {
  const say = async (sentence: string) => {
    await suite.workbench.chat.say(`@mlops ${sentence}`);
  };
  const asked = async () => suite.workbench.chat.confirmations.wait(runMs);
  const allowed = async () => {
    await suite.workbench.chat.confirmations.allowOnce();
    return suite.workbench.chat.waitForAnswer(runMs);
  };

  it('uploads a sample, and then a version of it', async () => {
    await say('upload iris to Cluster');
    expect((await asked()).title).toBe('Upload iris as a new pipeline to Cluster?');
    await shot(suite.workbench, 'kubeflow-upload');
    expect(await allowed()).toContain('iris was uploaded as a new pipeline');
    await say('upload iris to Cluster');
    expect((await asked()).title).toBe('Upload iris as its version v2 to Cluster?');
    expect(await allowed()).toContain('as version 2, v2');
    await say('list versions of iris on Cluster');
    expect(await suite.workbench.chat.waitForAnswer(runMs)).toMatch(/version 2: v2[\s\S]*version 1: iris/);
    await shot(suite.workbench, 'kubeflow-versions');
  });

  it('runs with other values, and the same with one changed', async () => {
    await say('run iris with max_depth 3 on Cluster');
    expect((await asked()).message).toMatch(/max_depth = 3/);
    await allowed();
    await say('same but with max_depth 5');
    const { title, message } = await asked();
    expect(title).toMatch(/^Run .+ again, as in .+ on Cluster\?$/);
    expect(message).toMatch(/Changed: max_depth = 5/);
    await shot(suite.workbench, 'kubeflow-same-but');
    await allowed();
    const values = [...server.state.runs.values()].map(({ config }) => JSON.stringify(config));
    expect(values.at(-2)).toContain('"max_depth":3');
    expect(values.at(-1)).toContain('"max_depth":5');
  });

  it('lists what failed this week, and lets the last of it go on', async () => {
    await say('list failed runs of this week on Cluster');
    expect(await suite.workbench.chat.waitForAnswer(runMs)).toContain('iris with an exception');
    await shot(suite.workbench, 'kubeflow-failed');
    await say('retry the last failed run on Cluster');
    expect((await asked()).title).toMatch(/^Retry .+ on Cluster\?$/);
    await shot(suite.workbench, 'kubeflow-retry');
    expect(await allowed()).toContain('goes on');
    expect(server.calls.filter((call) => call.endsWith(':retry'))).toHaveLength(1);
    await shot(suite.workbench, 'kubeflow-retried');
  });

  it('deletes a pipeline of the server from its row, with its name typed', async () => {
    const { quickInput, dialogs } = suite.workbench;
    const tree = suite.workbench.tree('Pipelines');
    // The list shows only as many rows as it has room for.
    await tree.pressTitle('Collapse All');
    await tree.expand('Cluster');
    await tree.menu('nested-train', 'Delete pipeline of the server');
    expect((await dialogs.wait()).message).toBe('Delete the pipeline nested-train on Cluster?');
    await dialogs.press('Delete');
    await quickInput.titled('Delete nested-train');
    await shot(suite.workbench, 'kubeflow-delete');
    await quickInput.answer('nested-train');
    await tree.row('nested-train').waitFor({ state: 'detached' });
    expect([...server.state.pipelines.values()].map(({ name }) => name)).not.toContain('nested-train');
  });
}
