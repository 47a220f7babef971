import { expect, it } from 'vitest';
import type { KfpServer } from '../../../servers/kfp/server.ts';
import { shot } from '../support/shot.ts';
import type { Suite } from '../support/suite.ts';

/** The rows of what a server keeps: versions, schedules, experiments with their runs, archived runs. */
export function keptRows(suite: Suite, server: KfpServer): void {
  it('has versions, schedules, experiments and archived runs in the sidebar', async () => {
    const tree = suite.workbench.tree('Pipelines');
    await tree.open();
    await tree.expand('Cluster');
    await tree.collapse('This machine');
    await tree.expand('iris-train');
    await tree.expand('Versions');
    await tree.row(/version 1/).waitFor();
    await shot(suite.workbench, 'kubeflow-versions');
    await tree.collapse('iris-train');
    for (const group of ['Archived runs', 'Experiments', 'Schedules']) await tree.expand(group);
    await tree.row(/off · every weekday/).waitFor();
    await tree.menu(/off · every weekday/, 'Turn on schedule');
    await suite.workbench.dialogs.press('Turn on');
    await tree.row(/^iris-train.*every weekday.*next/).waitFor();
    await tree.expand('Default');
    await tree.row(/iris-\w+succeeded|iris of yesterday/).waitFor();
    await shot(suite.workbench, 'kubeflow-kept-rows');
    await tree.menu('Default', 'Archive experiment');
    expect((await suite.workbench.dialogs.wait()).message).toBe('Archive the experiment Default on Cluster?');
    await suite.workbench.dialogs.press('Archive');
    await tree.expand('Archived experiments');
    await tree.menu('Default', 'Unarchive experiment');
    await suite.workbench.dialogs.press('Unarchive');
    await tree.row('No archived experiments').waitFor();
    await shot(suite.workbench, 'kubeflow-experiments');
    await tree.collapse('Archived experiments');
    await tree.collapse('Experiments');
    expect([...server.state.recurringRuns.values()].map(({ enabled }) => enabled)).toEqual([true]);
    await tree.expand('This machine');
  });
}
