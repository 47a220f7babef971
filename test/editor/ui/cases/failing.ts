import { beforeAll, describe, expect, it } from 'vitest';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

export function failingCases(suite: Suite): void {
  describe('what goes wrong is explained', () => {
    beforeAll(() => suite.startOver(), startMs);
    const ask = async (sentence: string) => {
      await suite.workbench.chat.say(`@mlops ${sentence}`);
      return suite.workbench.chat.waitForAnswer(runMs);
    };

    it('lists good pipelines beside a broken one, with line and reason', async () => {
      await suite.workbench.tree('Pipelines').open();
      const answer = await ask('list pipelines');
      expect(answer).toContain('flowers (flowers.yaml): Trains on a column that may not exist.');
      expect(answer).toMatch(/broken\.yaml\) cannot be read: line 18: .*comp-trian/);
      expect(answer).not.toMatch(/deployment|model-server/);
      await shot(suite.workbench, 'broken');
    });

    it('refuses a pipeline that needs a container, and asks nobody', async () => {
      const { chat } = suite.workbench;
      const answer = await ask('run spark-job');
      expect(answer).toContain('Component sparse runs a command in the image spark:3.5');
      expect(answer).toContain('Nothing was started.');
      expect(await chat.confirmations.box.isVisible()).toBe(false);
      expect(suite.place.runs()).toEqual([]);
      await shot(suite.workbench, 'refused');
    });

    it('answers a parameter that does not exist with the right name, and asks nobody', async () => {
      expect(await ask('run flowers with shade=petal')).toContain('column');
      expect(suite.place.runs()).toEqual([]);
    });

    it('tells the failed task, its error and its line', async () => {
      const { chat } = suite.workbench;
      await chat.say('@mlops run flowers');
      await chat.confirmations.wait();
      await chat.confirmations.allowOnce();
      expect(await chat.waitForAnswer(runMs)).toContain('flowers-1 failed');
      const tree = suite.workbench.tree('Pipelines');
      await tree.expand('flowers');
      await tree.expand(/flowers-1\W*failed in train · KeyError/);
      await tree.press(/train\W*failed after/, 'Open log');
      await expect.poll(() => suite.workbench.activeTab()).toMatch(/train\s*\.log/);
      const answer = await ask('why did it fail');
      expect(answer).toMatch(/flowers-1 failed in train/);
      expect(answer).toContain("KeyError: 'species'");
      expect(answer).toContain('total += row[column]');
      await shot(suite.workbench, 'failure');
    });

    it('shows the log of the task that failed', async () => {
      const answer = await ask('show the log');
      expect(answer).toContain('Log of train in flowers-1');
      expect(answer).toContain('Training on 2 rows');
      await shot(suite.workbench, 'log');
    });

    it('deletes a run only when the second question is answered, too', async () => {
      const { chat, dialogs } = suite.workbench;
      await chat.say('@mlops delete 1');
      expect((await chat.confirmations.wait()).title).toBe('Delete flowers-1?');
      await chat.confirmations.allowOnce();
      expect(await dialogs.wait()).toMatchObject({
        message: 'Delete flowers-1?',
        buttons: expect.arrayContaining(['Delete']),
      });
      await shot(suite.workbench, 'delete');
      await dialogs.cancel();
      expect(await chat.waitForAnswer()).toContain('was not deleted');
      expect(suite.place.run('flowers-1')).toBeDefined();
    });

    it('deletes the run and keeps its artifacts', async () => {
      const { chat, dialogs } = suite.workbench;
      await chat.say('@mlops run gate with file /');
      await chat.confirmations.wait();
      await chat.confirmations.allowOnce();
      await chat.waitForAnswer(runMs);
      expect(suite.place.artifacts('gate-2')).not.toEqual([]);
      await chat.say('@mlops delete 2');
      await chat.confirmations.wait();
      await chat.confirmations.allowOnce();
      await dialogs.wait();
      await dialogs.press('Delete');
      expect(await chat.waitForAnswer()).toContain('gate-2 was deleted.');
      expect(suite.place.run('gate-2')).toBeUndefined();
      expect(suite.place.artifacts('gate-2')).not.toEqual([]);
      await suite.workbench.tree('Pipelines').row('gate-2').waitFor({ state: 'detached' });
      await suite.workbench.tree('Storage').row('artifacts').waitFor();
    });
  });
}
