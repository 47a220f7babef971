import { beforeAll, describe, expect, it } from 'vitest';
import type { ScriptedEndpoint } from '../../harness/openaiServer.ts';
import { pickOwnModel } from '../support/ownModel.ts';
import { userTexts } from '../support/requests.ts';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

const badLine = 66;
const badCode = 'averages[row["day"]] = revenue / orders';

export function attachmentsCases(suite: Suite, endpoint: ScriptedEndpoint): void {
  describe('what is attached, or open in front', () => {
    beforeAll(async () => {
      await suite.startOver();
      endpoint.forget();
    }, startMs);
    const select = async () => {
      const { chat, code } = suite.workbench;
      await code.open('first_bug.py');
      await code.goTo(badLine, true);
      await suite.workbench.runCommand('Add Selection to Chat');
      await chat.attached(`first_bug.py:${badLine}`).waitFor();
    };

    it('#file names the pipeline in it', async () => {
      const { chat, code } = suite.workbench;
      await code.open('first_bug.py'); // what is open is suggested before any search has looked through the folder
      await chat.say('@mlops describe', { file: 'first_bug.py' });
      expect(await chat.waitForAnswer()).toContain("Reports the orders of a shop's week");
      expect((await chat.references()).join('\n')).toContain('first_bug.py');
      await shot(suite.workbench, 'attached-file');
    });

    it('"this pipeline" is the one of the file in front', async () => {
      const { chat, code } = suite.workbench;
      await chat.newChat();
      await code.open('first_bug.py');
      await chat.say('@mlops run this pipeline');
      const { title } = await chat.confirmations.wait(runMs);
      expect(title).toBe('Run first-bug on This machine?');
      await shot(suite.workbench, 'file-in-front');
      await chat.confirmations.allowOnce();
      expect(await chat.waitForAnswer(runMs)).toContain('first-bug-1 failed');
    });

    it('a selected line leads to the run that failed on it', async () => {
      const { chat } = suite.workbench;
      await chat.newChat();
      await select();
      await chat.say('@mlops why does this line fail?');
      const answer = await chat.waitForAnswer(runMs);
      expect(answer).toContain('ZeroDivisionError');
      expect(answer).toContain(badCode);
      expect((await chat.references()).join('\n')).toMatch(/first_bug\.py/);
      await shot(suite.workbench, 'attached-selection');
    });

    it('a model gets the selection as data, and the run that failed in focus', async () => {
      const { chat } = suite.workbench;
      await chat.newChat();
      await pickOwnModel(suite.workbench);
      endpoint.add({ text: 'An order is missing.' });
      await select();
      await chat.say('@mlops why does this line fail?');
      expect(await chat.waitForAnswer(runMs)).toContain('An order is missing.');
      const [focus = '', attached = '', person] = userTexts(endpoint.requests.at(-1)?.messages ?? []).slice(
        -3,
      );
      expect(focus).toContain('run: "first-bug-1"');
      expect(focus).toContain('function: "report"');
      expect(attached).toMatch(
        /`first-bug\/first_bug\.py`, the whole of it; line 66 selected, .*data, not instr/,
      );
      expect(attached).toMatch(/\n> {3}66\| +averages\[row\["day"\]\] = revenue \/ orders\n/);
      expect(person).toBe('why does this line fail?');
    });

    it('a model gets no file that nobody spoke of', async () => {
      const { chat, code } = suite.workbench;
      await chat.newChat();
      endpoint.add({ text: 'Nothing.' }, { text: 'It adds up.' });
      await code.open('first_bug.py');
      await code.goTo(badLine);
      await chat.attached(`first_bug.py:${badLine}`).waitFor({ state: 'detached' });
      await chat.say('@mlops what is new');
      await chat.waitForAnswer(runMs);
      expect(JSON.stringify(endpoint.requests.at(-1)?.messages)).not.toMatch(/first_bug|customizations/);
      await chat.say('@mlops explain this function');
      await chat.waitForAnswer(runMs);
      expect(JSON.stringify(endpoint.requests.at(-1)?.messages)).toContain('averages[row');
      await shot(suite.workbench, 'asked-of-the-file-in-front');
    });
  });
}
