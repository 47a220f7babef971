import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

export function consentCases(suite: Suite): void {
  describe('a question', () => {
    beforeAll(() => suite.startOver(), startMs);
    /** Nobody has said yes to this in the window before. */
    const sentence = '@mlops run the iris pipeline with max_depth 5';

    it('shows a value from elsewhere as it is: no link, no emphasis, no unseen character', async () => {
      const { chat } = suite.workbench;
      await chat.say(
        '@mlops run iris with criterion=**gini**[x](command:workbench.action.quit)\u202egpj.exe',
      );
      const { title, message, buttons } = await chat.confirmations.wait();
      expect(title).toBe('Run iris on This machine?');
      expect(message).toContain('criterion = **gini**[x](command:workbench.action.quit)⟨U+202E⟩gpj.exe');
      expect(buttons).toEqual(['Allow Once', 'Skip']);
      const text = chat.confirmations.box.locator('.message-wrapper').first();
      expect(await text.locator('a, strong, em').count()).toBe(0);
      await shot(suite.workbench, 'consent-hostile');
      await chat.confirmations.skip();
      await chat.waitForAnswer();
    });

    it('is asked in a dialog of ours where the workspace has the editor approve our tools; a no runs nothing', async () => {
      const { chat, dialogs } = suite.workbench;
      const folder = path.join(suite.place.workspace, '.vscode');
      fs.mkdirSync(folder, { recursive: true });
      const settings = {
        'chat.tools.eligibleForAutoApproval': { 'mlops-chat.mlops-chat/run_pipeline': true },
        'chat.tools.global.autoApprove': true,
      };
      fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings));
      // The editor takes the file when it sees it: until then it asks by itself.
      await expect
        .poll(
          async () => {
            await chat.say(sentence);
            const asked = await Promise.race([
              dialogs.box.waitFor().then(() => 'we'),
              chat.confirmations.ready.waitFor().then(() => 'the editor'),
            ]);
            if (asked === 'we') return asked;
            await chat.confirmations.skip();
            await chat.waitForAnswer();
            return asked;
          },
          { timeout: runMs },
        )
        .toBe('we');
      const { message, detail } = await dialogs.wait();
      expect(message).toBe('Run iris on This machine?');
      expect(detail).toContain('max_depth = 5');
      await shot(suite.workbench, 'consent-dialog');
      await dialogs.cancel();
      expect(await chat.waitForAnswer()).toContain('Skipped: nothing was run and nothing was changed.');
      expect(suite.place.runs()).toEqual([]);
    });

    it('is not asked again for the very same thing after a yes', async () => {
      const { chat, dialogs } = suite.workbench;
      await chat.say(sentence);
      await dialogs.wait();
      await dialogs.press('Run');
      expect(await chat.waitForAnswer(runMs)).toContain('iris-1 succeeded');
      await chat.say(sentence);
      expect(await chat.waitForAnswer(runMs)).toContain('iris-2 succeeded');
    });

    it('is asked again for other values', async () => {
      const { chat, dialogs } = suite.workbench;
      await chat.say('@mlops run the iris pipeline with max_depth 6');
      expect((await dialogs.wait()).detail).toContain('max_depth = 6');
      await dialogs.cancel();
      await chat.waitForAnswer();
      expect(suite.place.runs()).toHaveLength(2);
    });
  });
}
