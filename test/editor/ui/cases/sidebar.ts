import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

export function sidebarCases(suite: Suite): void {
  describe('the sidebar runs and stops', () => {
    beforeAll(() => suite.startOver(), startMs);

    it('shows every pipeline, and of a broken one the reason', async () => {
      const tree = suite.workbench.tree('Pipelines');
      await tree.open();
      await tree.row('flowers').waitFor();
      const rows = (await tree.rows()).map(({ label, description }) => `${label}: ${description}`);
      expect(rows).toEqual([
        expect.stringMatching(/^churn: .*comp-trian/),
        'first-bug: sample',
        'flowers: flowers.yaml',
        'gate: gate.yaml',
        'iris: sample',
        'printer: printer.yaml',
        'spark-job: spark-job.yaml',
        'types: types.yaml',
      ]);
      expect(await suite.workbench.tree('Storage').welcome()).toContain('No objects yet.');
    });

    it('runs with the defaults after asking, and tells the end', async () => {
      const { workbench } = suite;
      const tree = workbench.tree('Pipelines');
      await tree.press('flowers', 'Run pipeline');
      const { message, detail, buttons } = await workbench.dialogs.wait();
      expect(message).toBe('Run flowers?');
      expect(detail).toContain('column = species');
      expect(buttons).toContain('Cancel');
      await shot(workbench, 'run-question');
      await workbench.dialogs.press('Run');
      await expect.poll(() => tree.row('flowers-1').getAttribute('aria-selected')).toBe('true');
      const toast = await workbench.notifications.wait(/flowers-1 failed in train: KeyError/);
      expect(toast.buttons).toEqual(['Results', 'Show log', 'Diagnose']);
      await workbench.notifications.press('flowers-1', 'Show log');
      await expect.poll(() => workbench.activeTab()).toMatch(/train\s*\.log/);
      await tree.row(/flowers-1\W*failed in train · KeyError/).waitFor();
    });

    it('shows the form where a value is needed', async () => {
      const { quickInput } = suite.workbench;
      await suite.workbench.tree('Pipelines').press('gate', 'Run pipeline');
      expect((await quickInput.rows())[0]).toMatch(/Run gate[\s\S]*file is missing: it has no default/);
      await quickInput.pick('Run gate');
      await quickInput.titled('Run gate: file (1 of 2)');
      await quickInput.answer(suite.place.file('never'));
      await quickInput.titled('Run gate');
      await quickInput.pick('Run gate');
      await suite.workbench
        .tree('Pipelines')
        .row(/gate-2\W*running/)
        .waitFor({ timeout: runMs });
    });

    it('stops a run after asking', async () => {
      const { dialogs } = suite.workbench;
      const tree = suite.workbench.tree('Pipelines');
      await tree.press(/gate-2/, 'Stop run');
      expect((await dialogs.wait()).message).toBe('Stop gate-2?');
      await dialogs.cancel();
      expect(suite.place.run('gate-2')?.state).toBe('running');
      await tree.press(/gate-2/, 'Stop run');
      await dialogs.wait();
      await dialogs.press('Stop');
      await tree.row(/gate-2\W*stopped/).waitFor({ timeout: runMs });
      await expect.poll(() => suite.place.processes()).toEqual([]);
    });

    it('says that a pipeline cannot run here, and why', async () => {
      const { dialogs, quickInput } = suite.workbench;
      await suite.workbench.tree('Pipelines').press('spark-job', 'Run pipeline');
      const { message, detail } = await dialogs.wait();
      expect(message).toBe('spark-job cannot run here.');
      expect(detail).toContain('image spark:3.5');
      await shot(suite.workbench, 'cannot-run');
      await dialogs.cancel();
      expect(await quickInput.box.isVisible()).toBe(false);
      expect(suite.place.runs()).toHaveLength(2);
    });

    it('shows the pipelines of a folder that is put there as a whole, until it is taken away', async () => {
      const { workspace } = suite.place;
      const folder = path.join(workspace, 'v1.2');
      const tree = suite.workbench.tree('Pipelines');
      fs.mkdirSync(folder);
      const text = fs.readFileSync(path.join(workspace, 'flowers.yaml'), 'utf8');
      fs.writeFileSync(path.join(folder, 'tulips.yaml'), text.replace('name: flowers', 'name: tulips'));
      await tree.row('tulips').waitFor();
      fs.rmSync(folder, { recursive: true });
      await tree.row('tulips').waitFor({ state: 'detached' });
    });
  });
}
