// Who may compile a person's Python files, which runs them: nobody by looking, and whom a folder's approval covers.
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

const code = `from pathlib import Path
from kfp import dsl

with open(Path(__file__).with_name("mark"), "a") as file:
    file.write("x")


@dsl.component(base_image="python:3.12")
def say(word: str):
    print(word)


@dsl.pipeline(name="marking")
def marking(word: str = "hello"):
    say(word=word)
`;
const notRun = 'The file was not run';
const command = 'MLOps: Manage Approvals';

export function approvalsCases(suite: Suite): void {
  describe('approvals to compile', () => {
    beforeAll(() => suite.startOver(), startMs);
    const at = (name: string) => path.join(suite.place.workspace, name);
    const marks = () => (fs.existsSync(at('mark')) ? fs.readFileSync(at('mark'), 'utf8').length : 0);
    const described = async () => {
      await suite.workbench.chat.say('@mlops describe marking');
      return suite.workbench.chat.waitForAnswer(runMs);
    };

    it('nobody compiles a file by asking what it is', async () => {
      fs.writeFileSync(at('marking.py'), code);
      await suite.workbench.tree('Pipelines').open();
      const answer = await described();
      expect(answer).toContain(notRun);
      expect(answer).toContain('word (string, default hello)');
      expect(marks()).toBe(0);
      await shot(suite.workbench, 'outline');
    });

    it('a folder is allowed after a question that says what that comes to', async () => {
      const { dialogs, quickInput } = suite.workbench;
      await suite.workbench.runCommand(command);
      await quickInput.titled('No Python file may be compiled unasked');
      await quickInput.pick('Allow a folder…');
      await quickInput.titled('Allow compiling in which folder?');
      await quickInput.pick(path.basename(suite.place.workspace));
      const { message, detail } = await dialogs.wait();
      expect(message).toMatch(/^Allow compiling in /);
      expect(detail).toContain('runs its Python file on this machine');
      await shot(suite.workbench, 'allow-folder');
      await dialogs.press('Allow');
      await quickInput.titled('1 approval to compile Python files');
      await shot(suite.workbench, 'approvals');
      await quickInput.cancel();
      expect(await described()).not.toContain(notRun);
      expect(marks()).toBe(1);
    });

    it('covers what the person saves, and no change from elsewhere', async () => {
      const { code: editor, page } = suite.workbench;
      await editor.open('marking.py');
      await editor.goTo(code.split('\n').length, true);
      await page.keyboard.type('# mine');
      await page.keyboard.press('ControlOrMeta+S');
      await expect.poll(() => fs.readFileSync(at('marking.py'), 'utf8')).toContain('# mine');
      expect(await described()).not.toContain(notRun);
      expect(marks()).toBe(2);
      fs.appendFileSync(at('marking.py'), '\n# another program\n');
      await expect.poll(described, { timeout: runMs }).toContain(notRun);
      expect(marks()).toBe(2);
    });

    it('is taken back by a button', async () => {
      const { quickInput } = suite.workbench;
      await suite.workbench.runCommand(command);
      await quickInput.titled('1 approval to compile Python files');
      await quickInput.pressRow('with what you save there', 'Take back');
      await quickInput.titled('No Python file may be compiled unasked');
      await quickInput.cancel();
    });
  });
}
