import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workbench } from '../../harness/workbench.ts';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

export function twoWindowsCases(suite: Suite): void {
  describe('two windows on one folder', () => {
    let other: Workbench;
    beforeAll(async () => {
      await suite.startOver();
      other = await suite.anotherWindow();
      for (const window of [suite.workbench, other]) await window.tree('Pipelines').open();
    }, startMs);
    afterAll(() => other.page.close());

    const both = () => [suite.workbench, other];
    const row = (window: Workbench, text: RegExp) =>
      window.tree('Pipelines').row(text).waitFor({ timeout: runMs });

    /** What both windows tell of a run, in all. */
    async function told(run: string): Promise<readonly string[]> {
      const texts = await Promise.all(both().map(({ notifications }) => notifications.texts()));
      return texts.flat().filter((text) => text.includes(run));
    }

    async function start(sentence: string): Promise<void> {
      const { chat } = suite.workbench;
      await chat.say(`@mlops run ${sentence} and wait 0 seconds`);
      await chat.confirmations.wait();
      await chat.confirmations.allowOnce();
      await chat.waitForAnswer(runMs);
    }

    it('both show a run as it goes on, and one of them tells its end', async () => {
      await start(`gate with file ${suite.place.file('first')}`);
      for (const window of both()) await row(window, /gate-1\W*running \d+ s/);
      await shot(other, 'second-window');
      suite.place.create('first');
      for (const window of both()) await row(window, /gate-1\W*succeeded/);
      await expect.poll(() => told('gate-1')).toHaveLength(1);
    });

    it('either stops it', async () => {
      await start(`gate with file ${suite.place.file('never')}`);
      await row(other, /gate-2\W*running \d+ s/);
      await other.tree('Pipelines').press(/gate-2/, 'Stop run');
      expect((await other.dialogs.wait()).message).toBe('Stop gate-2?');
      await other.dialogs.press('Stop');
      for (const window of both()) await row(window, /gate-2\W*stopped/);
      await expect.poll(() => suite.place.processes()).toEqual([]);
    });

    it('neither tells the end of a run whose log was followed to it', async () => {
      await start(`printer with file ${suite.place.file('words')}`);
      await row(other, /say\W*running/);
      await other.runCommand('MLOps: Follow log');
      await other.quickInput.pick('printer-3');
      await other.quickInput.pick('say');
      await other.statusBar('Following');
      suite.place.append('words', 'hello\nend\n');
      await other.editor.line(/^\[say succeeded in .*; printer-3 succeeded.\]$/).waitFor();
      for (const window of both()) await row(window, /printer-3\W*succeeded/);
      await expect.poll(() => suite.place.notified('printer-3')).toBe(true);
      await shot(other, 'second-window-log');
      expect(await told('printer-3')).toEqual([]);
    });
  });
}
