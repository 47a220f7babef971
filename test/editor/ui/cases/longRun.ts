import { beforeAll, describe, expect, it } from 'vitest';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

export function longRunCases(suite: Suite): void {
  describe('a run that takes its time', () => {
    beforeAll(() => suite.startOver(), startMs);

    /** Starts the pipeline that waits for a file, and allows it. */
    async function startGate(gate: string, more = ''): Promise<void> {
      const { chat } = suite.workbench;
      await chat.say(`@mlops run gate with file ${suite.place.file(gate)}${more}`);
      await chat.confirmations.wait();
      await chat.confirmations.allowOnce();
    }

    const taskState = (run: string, task: string) =>
      suite.place.run(run)?.tasks.find(({ name }) => name === task)?.state;
    const waiting = (run: string) => expect.poll(() => taskState(run, 'wait')).toBe('running');

    it('is stopped by a sentence, after asking', async () => {
      const { chat } = suite.workbench;
      await suite.workbench.tree('Pipelines').open();
      await startGate('never', ' and wait 0 seconds');
      expect(await chat.waitForAnswer(runMs)).toMatch(/gate-1 is still (preparing|running|pending)/);
      await waiting('gate-1');
      await chat.say('@mlops stop it');
      expect((await chat.confirmations.wait()).title).toBe('Stop gate-1?');
      await shot(suite.workbench, 'stop-confirm');
      expect(suite.place.processes()).not.toEqual([]);
      await chat.confirmations.allowOnce();
      expect(await chat.waitForAnswer(runMs)).toContain('gate-1 was stopped');
      expect(suite.place.run('gate-1')?.state).toBe('stopped');
      await expect.poll(() => suite.place.processes()).toEqual([]);
      await suite.workbench
        .tree('Pipelines')
        .row(/gate-1\W*stopped/)
        .waitFor();
      await shot(suite.workbench, 'stopped');
    });

    it('goes on when the person stops waiting for it', async () => {
      const { chat, notifications } = suite.workbench;
      await startGate('second');
      await waiting('gate-2');
      await suite.workbench
        .tree('Pipelines')
        .row(/wait\W*running \d+ s/)
        .waitFor();
      await shot(suite.workbench, 'running');
      await chat.stopTurn();
      expect(suite.place.run('gate-2')?.state).toBe('running');
      suite.place.create('second');
      const { text, buttons } = await notifications.wait('gate-2 succeeded');
      expect(text).toMatch(/gate-2 succeeded in .*: accuracy 0.9/);
      expect(buttons).toEqual(['Results']);
      await shot(suite.workbench, 'notified');
      expect(suite.place.run('gate-2')?.state).toBe('succeeded');
    });

    it('goes on over a reload of the window, and its end is told once', async () => {
      await startGate('third', ' and wait 0 seconds');
      await suite.workbench.chat.waitForAnswer(runMs);
      await waiting('gate-3');

      await suite.workbench.reload();
      const { chat, models, notifications } = suite.workbench;
      await models.waitFor('MLOps Basics');
      const tree = suite.workbench.tree('Pipelines');
      await tree.open();
      const live = tree.row(/gate-3\W*running \d+ s/);
      await live.waitFor();
      const before = await live.innerText();
      await expect.poll(() => live.innerText()).not.toBe(before);
      await shot(suite.workbench, 'reloaded');

      suite.place.create('third');
      await notifications.wait('gate-3 succeeded');
      await tree.row(/gate-3\W*succeeded/).waitFor();
      expect((await notifications.texts()).filter((text) => text.includes('gate-3'))).toHaveLength(1);

      await chat.say('@mlops how did it go');
      expect(await chat.waitForAnswer()).toContain('gate-3 succeeded');
      await shot(suite.workbench, 'after-reload');
    });

    it('goes on when the editor is killed', async () => {
      await startGate('fourth', ' and wait 0 seconds');
      await suite.workbench.chat.waitForAnswer(runMs);
      await waiting('gate-4');
      await suite.killEditor();
      expect(suite.place.run('gate-4')?.state).toBe('running');
      suite.place.create('fourth');
      await expect.poll(() => suite.place.run('gate-4')?.state).toBe('succeeded');
    });
  });
}
