import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { shot } from '../support/shot.ts';
import { startMs, type Suite } from '../support/suite.ts';

export function againCases(suite: Suite): void {
  describe('a run, and again', () => {
    beforeAll(() => suite.startOver(), startMs);
    const tree = () => suite.workbench.tree('Pipelines');
    const state = (run: string) => expect.poll(() => suite.place.run(run)?.state);
    const file = () => path.join(suite.place.workspace, 'flowers.yaml');
    const chord = async (key: string) => {
      await suite.workbench.page.keyboard.press('Control+Alt+KeyP');
      await suite.workbench.page.keyboard.press(key);
    };

    it('the form is filled with the values of a run', async () => {
      const { dialogs, quickInput } = suite.workbench;
      await tree().open();
      await tree().press('flowers', 'Run pipeline');
      await dialogs.wait();
      await dialogs.press('Run');
      await state('flowers-1').toBe('failed');
      await tree()
        .row(/flowers-1\W*failed/)
        .waitFor();
      await tree().menu(/flowers-1\W*failed/, 'Run again with…');
      await quickInput.titled('Run flowers');
      await quickInput.pick('column = species');
      await quickInput.titled('Run flowers: column (1 of 1)');
      await quickInput.answer('petal');
      await quickInput.titled('Run flowers');
      await quickInput.pick('Run flowers');
      await state('flowers-2').toBe('succeeded');
      expect(suite.place.run('flowers-2')?.arguments).toEqual({ column: 'petal' });
    });

    it('a run is repeated with its own values after one question', async () => {
      const { dialogs } = suite.workbench;
      await tree()
        .row(/flowers-2\W*succeeded/)
        .waitFor();
      await tree().press(/flowers-2\W*succeeded/, 'Run again');
      const { message, detail } = await dialogs.wait();
      expect(message).toBe('Run flowers again, as in flowers-2?');
      expect(detail).toMatch(/^column = petal \(default species\)\n/);
      await shot(suite.workbench, 'run-again');
      await dialogs.press('Run');
      await state('flowers-3').toBe('succeeded');
      const run = suite.place.run('flowers-3');
      expect(run?.arguments).toEqual({ column: 'petal' });
      expect(run?.tasks.map(({ cachedFrom }) => cachedFrom)).toEqual(['flowers-2', 'flowers-2', 'flowers-2']);
    });

    it('without the cache every task runs anew', async () => {
      const { dialogs } = suite.workbench;
      await tree()
        .row(/flowers-3\W*succeeded/)
        .waitFor();
      await tree().menu(/flowers-3\W*succeeded/, 'Run without cache');
      expect((await dialogs.wait()).detail).toContain('Without cache: every task runs anew.');
      await dialogs.press('Run');
      await state('flowers-4').toBe('succeeded');
      const run = suite.place.run('flowers-4');
      expect(run?.arguments).toEqual({ column: 'petal' });
      expect(run?.tasks.map(({ cachedFrom }) => cachedFrom)).toEqual([null, null, null]);
    });

    it('the keys repeat the last run of the file in front, which is saved first', async () => {
      const { dialogs, page } = suite.workbench;
      await tree().press('flowers', 'Open pipeline');
      await expect.poll(() => suite.workbench.activeTab()).toMatch(/flowers\s*\.yaml/);
      await page.keyboard.press('Control+Home');
      await page.keyboard.insertText('# as it is now\n');
      await page.locator('.tab.active.dirty').waitFor();
      await chord('KeyA');
      expect((await dialogs.wait()).message).toBe('Run flowers again, as in flowers-4?');
      expect(fs.readFileSync(file(), 'utf8')).toMatch(/^# as it is now\n/);
      await dialogs.cancel();
      await chord('KeyW');
      await suite.workbench.quickInput.titled('Run flowers');
      await suite.workbench.quickInput.cancel();
    });

    it('the keys stop what runs, if anything does, and open the results of the last run', async () => {
      await chord('KeyS');
      await suite.workbench.notifications.wait('No run is active.');
      await chord('KeyO');
      await expect.poll(() => suite.workbench.activeTab()).toMatch(/flowers-4/);
    });

    it('a pipeline that changes while it is asked about does not start, and is asked about anew', async () => {
      const { dialogs, notifications } = suite.workbench;
      await tree().press(/flowers-4\W*succeeded/, 'Run again');
      await dialogs.wait();
      const text = fs.readFileSync(file(), 'utf8');
      expect(text).toContain('Prepared {text}');
      fs.writeFileSync(file(), text.replace('Prepared {text}', 'Ready: {text}'));
      await dialogs.press('Run');
      const changed = await notifications.wait('flowers was not started');
      expect(changed.text).toBe('flowers was not started: its code changed since you were asked.');
      expect(changed.buttons).toEqual(['Ask again']);
      expect(suite.place.runs()).toHaveLength(4);
      await shot(suite.workbench, 'changed-since');
      await notifications.press('flowers was not started', 'Ask again');
      expect((await dialogs.wait()).message).toBe('Run flowers again, as in flowers-4?');
      await dialogs.cancel();
      expect(suite.place.runs()).toHaveLength(4);
    });

    it('a pipeline that takes other values now is said to, with the way on', async () => {
      const { dialogs, quickInput } = suite.workbench;
      const text = fs.readFileSync(file(), 'utf8');
      fs.writeFileSync(file(), text.replaceAll('column', 'feature'));
      await tree().press(/flowers-4\W*succeeded/, 'Run again');
      const { message, detail } = await dialogs.wait();
      expect(message).toBe('flowers has changed since flowers-4: it takes other values now.');
      expect(detail).toContain('There is no parameter column: it takes feature.');
      await shot(suite.workbench, 'run-again-changed');
      await dialogs.press('Run with…');
      await quickInput.titled('Run flowers');
      expect((await quickInput.rows())[1]).toContain('feature = species');
      await quickInput.cancel();
    });

    it('a pipeline that is gone is said to be', async () => {
      const { notifications } = suite.workbench;
      fs.rmSync(file());
      await tree().row('Other runs').waitFor();
      await tree().expand('Other runs');
      await tree().press(/flowers-4\W*succeeded/, 'Run again');
      const { text } = await notifications.wait('is not here any more');
      expect(text).toContain(
        'The pipeline that flowers-4 ran, flowers (flowers.yaml), is not here any more.',
      );
      expect(suite.place.runs()).toHaveLength(4);
    });
  });
}
