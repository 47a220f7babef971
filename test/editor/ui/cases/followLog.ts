import { beforeAll, describe, expect, it } from 'vitest';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

export function followLogCases(suite: Suite): void {
  describe('a log that is followed', () => {
    beforeAll(() => suite.startOver(), startMs);
    const say = (file: string, text: string) => suite.place.append(file, text);
    const lines = () => suite.workbench.editor.lines();

    /** The number that a search shows before this line. */
    async function numberOf(text: string): Promise<string> {
      await suite.workbench.editor.line(`  ${text}`).waitFor();
      const found = (await lines()).find((line) => line.endsWith(`  ${text}`));
      return found?.trim().split(' ')[0] ?? '';
    }

    /** Starts a run that prints what is written into a file, and opens its log. */
    async function follow(run: string, file: string, count: number): Promise<void> {
      const { chat, quickInput } = suite.workbench;
      const tree = suite.workbench.tree('Pipelines');
      await tree.open();
      await chat.say(
        `@mlops run printer with file ${suite.place.file(file)} and lines ${count} and wait 0 seconds`,
      );
      await chat.confirmations.wait();
      await chat.confirmations.allowOnce();
      await chat.waitForAnswer(runMs);
      await tree.row(/say\W*running/).waitFor({ timeout: runMs });
      await suite.workbench.runCommand('MLOps: Follow log');
      expect((await quickInput.rows())[0]).toContain(run);
      await quickInput.pick(run);
      await quickInput.pick('say');
    }

    it('keeps its end in sight as the task prints', async () => {
      const { editor } = suite.workbench;
      await follow('printer-1', 'one', 200);
      await editor.line(/^line 200 /).waitFor();
      say('one', 'and more\n');
      await editor.line('and more').waitFor();
      await suite.workbench.statusBar('Following');
      await expect
        .poll(() => editor.titleButtons())
        .toEqual(
          expect.arrayContaining([
            expect.stringContaining('Pause following'),
            expect.stringContaining('Find in what is shown'),
            expect.stringContaining('Search whole log'),
            expect.stringContaining('Whole log'),
          ]),
        );
      await shot(suite.workbench, 'log-following');
    });

    it('pauses when the person scrolls up, and goes on at the end', async () => {
      const { editor } = suite.workbench;
      await editor.turnWheel('up', 30);
      await suite.workbench.statusBar('Log paused');
      await editor.stands();
      const before = await lines();
      say('one', `${'more\n'.repeat(300)}news of a loss\n`);
      await shot(suite.workbench, 'log-paused');
      expect(await lines()).toEqual(before);
      await editor.turnWheel('down', 31);
      await suite.workbench.statusBar('Following');
      await editor.line('news of a loss').waitFor();
    });

    it('pauses when the cursor moves up, and goes on by a button', async () => {
      const { editor, page } = suite.workbench;
      await editor.focus();
      await page.keyboard.press('ArrowUp');
      await suite.workbench.statusBar('Log paused');
      say('one', `${'again\n'.repeat(100)}the latest\n`);
      await editor.pressTitle('Follow the end');
      await editor.line('the latest').waitFor();
      await suite.workbench.statusBar('Following');
    });

    it('goes on with the next attempt, and says at the end how it went', async () => {
      const { editor, notifications } = suite.workbench;
      say('one', 'fail\n');
      await editor.line('[Attempt 2 begins.]').waitFor();
      say('one', `${'a step\n'.repeat(60)}a loss\n${'a step\n'.repeat(60)}end\n`);
      await editor.line(/^\[say succeeded in .*; printer-1 succeeded.\]$/).waitFor({ timeout: runMs });
      await suite.workbench
        .tree('Pipelines')
        .row(/printer-1\W*succeeded/)
        .waitFor();
      await shot(suite.workbench, 'log-ended');
      // Whoever follows a log to the end has seen it.
      await expect.poll(() => suite.place.notified('printer-1')).toBe(true);
      expect((await notifications.texts()).filter((text) => text.includes('printer-1'))).toEqual([]);
    });

    it('is searched as a whole, and a number leads to its line', async () => {
      const { editor, quickInput } = suite.workbench;
      await editor.pressTitle('Search whole log');
      await expect.poll(() => quickInput.title()).toContain('Search the whole log of say');
      await shot(suite.workbench, 'log-search-question');
      await quickInput.answer('LOSS');
      await editor.line(/^\[2 lines with "LOSS" of \d+ in the log of say/).waitFor();
      await shot(suite.workbench, 'log-search');
      const begins = Number(await numberOf('[Attempt 2 begins.]'));
      const line = await numberOf('a loss');
      expect(Number(line)).toBe(begins + 1 + 60);
      await editor.followLink(line);
      await expect.poll(() => suite.workbench.activeTab()).toMatch(/^say\s*\.log/);
      await suite.workbench.statusBar(/^Ln \d+, Col \d+ \(6 selected\)$/);
    });

    it('is searched in its first attempt, too, and leads to the line in the whole log', async () => {
      const { editor, quickInput } = suite.workbench;
      await editor.pressTitle('Search whole log');
      await quickInput.answer('news');
      const line = await numberOf('news of a loss');
      await editor.followLink(line);
      await suite.workbench.statusBar(new RegExp(`^Ln ${line}, Col 15 \\(14 selected\\)$`));
      await shot(suite.workbench, 'log-whole');
    });
  });
}
