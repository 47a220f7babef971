// What people see and do in a file with pipelines: the error of the compiler, the lenses, the Run buttons, the line.
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

export const runTitle = 'Run pipeline';
const bug = "    raise NameError('not yet')";
/** A file `talk.py` with one pipeline, which does not compile. */
export const talkCode = `from kfp import dsl


@dsl.component(install_kfp_package=False)
def shout(word: str, metrics: dsl.Output[dsl.Metrics]) -> str:
    letters = list(word)
    metrics.log_metric("letters", len(letters))
    first = letters[0].upper()
    return first + word[1:]


@dsl.pipeline(name="talk", description="Says a word.")
def talk(word: str = "hello"):
${bug}
    shout(word=word)
`;
const badLine = talkCode.split('\n').indexOf(bug) + 1;

export function runFromCodeCases(suite: Suite): void {
  describe('a file with pipelines', () => {
    beforeAll(() => suite.startOver(), startMs);
    const file = () => path.join(suite.place.workspace, 'talk.py');

    it('has a lens to run it and a button in its title, before anything was read', async () => {
      fs.writeFileSync(file(), talkCode);
      const editor = suite.workbench.code;
      await editor.open('talk.py');
      await editor.lens(/^\s*Run$/).waitFor();
      await editor.action(runTitle).waitFor();
    });

    it('shows the compiler’s error at its line when it is run', async () => {
      const { code: editor, notifications } = suite.workbench;
      await editor.lens(/^\s*Run$/).click();
      const { buttons } = await notifications.wait(`talk.py, line ${badLine}: NameError: not yet`);
      expect(buttons).toEqual(['Go to line']);
      await expect.poll(() => editor.marks.count()).toBe(1);
      await expect
        .poll(() => editor.problems())
        .toContainEqual(expect.stringContaining('NameError: not yet'));
      await shot(suite.workbench, 'compile-error');
      expect(suite.place.runs()).toEqual([]);
    });

    it('loses the error by itself when it is mended and saved', async () => {
      const { code: editor, page } = suite.workbench;
      await page.locator('.part.editor .view-line').first().click();
      await editor.goTo(badLine, true);
      await page.keyboard.type('pass');
      await page.keyboard.press('ControlOrMeta+S');
      await expect.poll(() => editor.marks.count()).toBe(0);
      await expect.poll(() => editor.problems()).not.toContainEqual(expect.stringContaining('NameError'));
    });

    it('is saved before it runs, and tells the result beside the lens', async () => {
      const { code: editor, dialogs, page } = suite.workbench;
      await editor.goTo(badLine);
      await page.keyboard.type('  # not saved');
      await runFromLens();
      await expect.poll(() => fs.readFileSync(file(), 'utf8')).toContain('# not saved');
      await editor.lens(/talk-1 letters 5, just now/).waitFor({ timeout: runMs });
      expect(await dialogs.box.isVisible()).toBe(false);
      await shot(suite.workbench, 'lens-result');
    });

    it('has a lens to run it with other values', async () => {
      const { code: editor, quickInput } = suite.workbench;
      await editor.lens('Run with…').click();
      await expect.poll(() => quickInput.title()).toContain('Run talk');
      await quickInput.cancel();
    });

    it('has Run in the title and in the explorer for what is a pipeline, and for nothing else', async () => {
      const { code: editor, page } = suite.workbench;
      await page.keyboard.press('ControlOrMeta+Shift+E');
      expect(await editor.explorerMenu('talk.py')).toContain(runTitle);
      expect(await editor.explorerMenu('gate.yaml')).toContain(runTitle);
      expect(await editor.explorerMenu('deployment.yaml')).not.toContain(runTitle);
      await editor.open('gate.yaml');
      await editor.action(runTitle).waitFor();
      await editor.open('deployment.yaml');
      await editor.action(runTitle).waitFor({ state: 'detached' });
    });

    it('runs what the explorer’s menu was opened on, after asking', async () => {
      const { code: editor, dialogs } = suite.workbench;
      await editor.chooseInExplorer('flowers.yaml', runTitle);
      expect((await dialogs.wait()).message).toBe('Run flowers?');
      await dialogs.cancel();
    });

    it('asks which pipeline by key where the file in front is none', async () => {
      const { code: editor, page, quickInput } = suite.workbench;
      await editor.open('deployment.yaml');
      await page.keyboard.press('Control+Alt+P');
      await page.keyboard.press('R');
      await quickInput.titled('Run which pipeline?');
      await quickInput.cancel();
    });

    it('leads to the failing line, and says when the file has changed since', async () => {
      const { code: editor, notifications, page } = suite.workbench;
      await editor.open('talk.py');
      const line = talkCode.split('\n').findIndex((one) => one.includes('first =')) + 1;
      fs.writeFileSync(
        file(),
        fs.readFileSync(file(), 'utf8').replace('word: str = "hello"', 'word: str = ""'),
      );
      await page.locator('.part.editor .view-line', { hasText: /word:\sstr\s=\s""/ }).waitFor();
      await runFromLens();
      await editor.lens(`talk-2 failed in shout: line ${line}`).waitFor({ timeout: runMs });
      await notifications.press('talk-2 failed', 'Go to line');
      await expect.poll(() => editor.position()).toMatch(new RegExp(`^Ln ${line}, .*selected`));
      fs.writeFileSync(
        file(),
        fs.readFileSync(file(), 'utf8').replace('letters[0].upper()', 'word[:1].upper()'),
      );
      await page.locator('.part.editor .view-line', { hasText: 'word[:1]' }).waitFor();
      await page.keyboard.press('Control+Alt+P');
      await page.keyboard.press('L');
      await notifications.wait('talk.py has changed since talk-2');
      await expect.poll(() => editor.position()).toMatch(/^Ln 5, .*selected/);
    });

    it('shows the source as it ran when its file is not to be found', async () => {
      const { code: editor } = suite.workbench;
      fs.writeFileSync(file(), fs.readFileSync(file(), 'utf8').replaceAll('shout', 'whisper'));
      await suite.workbench.runCommand('Go to the failing line'); // of the one run that failed
      await expect.poll(() => suite.workbench.activeTab()).toMatch(/shout\s*\.py/);
      await expect.poll(() => editor.position()).toMatch(/selected/);
      await shot(suite.workbench, 'source-as-it-ran');
    });

    it('what code says of itself is no link: a metric, an exception, the compiler’s error', async () => {
      const { code: editor, notifications, page } = suite.workbench;
      const link = '[Fix it](command:workbench.action.terminal.new)';
      const literally = '[Fix it] (command:workbench.action.terminal.new)';
      const rewrite = async (text: string, changed: RegExp) => {
        fs.writeFileSync(file(), text);
        await editor.open('talk.py');
        await page.locator('.part.editor .view-line', { hasText: changed }).waitFor();
      };
      const toast = async (text: string) => {
        expect((await notifications.wait(text)).text).toContain(literally);
        expect(await notifications.links(text)).toBe(0);
      };
      await suite.workbench.runCommand('Notifications: Clear All Notifications');
      const good = talkCode.replace(`${bug}\n`, '');
      await rewrite(good.replace('"letters"', `"${link} accuracy"`), /log_metric\("\[Fix/);
      await runFromLens();
      await toast('talk-3 succeeded');
      await shot(suite.workbench, 'toast-metric');
      await rewrite(
        good.replace('return first + word[1:]', `raise ValueError("${link}")`),
        /ValueError\("\[Fix/,
      );
      await runFromLens();
      await toast('talk-4 failed in shout: ValueError');
      await shot(suite.workbench, 'toast-exception');
      await rewrite(talkCode.replace('not yet', link), /NameError\('\[Fix/);
      await editor.lens(/^\s*Run$/).click();
      await toast(`talk.py, line ${badLine}: NameError`);
      expect(await page.locator('.terminal-wrapper').count()).toBe(0);
    });

    /** Presses Run above the pipeline and agrees. */
    async function runFromLens(): Promise<void> {
      const { code: editor, dialogs } = suite.workbench;
      await editor.lens(/^\s*Run$/).click();
      expect((await dialogs.wait()).message).toBe('Run talk?');
      await dialogs.press('Run');
    }
  });
}
