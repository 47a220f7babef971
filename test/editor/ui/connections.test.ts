// Two homes of this machine and a folder of objects, side by side.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { objectStoreCases } from './cases/objectStores.ts';
import { readRecord } from './support/place.ts';
import { shot } from './support/shot.ts';
import { runMs, useEditor } from './support/suite.ts';

describe('several connections', () => {
  const suite = useEditor({
    workspace: 'light',
    model: 'MLOps Basics',
    settings: (place) => {
      const [team, exports] = [place.file('team'), place.file('exports')];
      fs.mkdirSync(team, { mode: 0o700 });
      fs.symlinkSync(fs.realpathSync(path.join(place.home, 'envs')), path.join(team, 'envs'), 'junction');
      fs.mkdirSync(path.join(exports, 'reports'), { recursive: true });
      fs.writeFileSync(path.join(exports, 'reports', 'april.csv'), 'month,runs\napril,12\n');
      return {
        'mlops.connections': [
          { name: 'Team home', kind: 'home', folder: team },
          { name: 'Exports', kind: 'folder', folder: exports },
        ],
      };
    },
  });
  const teamRun = () => readRecord(path.join(suite.place.file('team'), 'runs', '1'));

  it('stand in the trees under their names, the active one open', async () => {
    const tree = suite.workbench.tree('Pipelines');
    await tree.open();
    await tree.row('This machine').waitFor();
    await tree.row('Team home').waitFor();
    await tree.row('iris/iris.yaml').waitFor();
    const storage = suite.workbench.tree('Storage');
    await storage.row('Exports').click();
    await storage.row('reports').click();
    await storage.row('april.csv').click();
    await expect.poll(() => suite.workbench.activeTab()).toMatch(/april\s*\.csv/);
  });

  it('a sentence without a place means the active one, another where it says', async () => {
    const { chat } = suite.workbench;
    await chat.say('@mlops run the iris pipeline with max_depth 2');
    expect((await chat.confirmations.wait()).title).toBe('Run iris on This machine?');
    await chat.confirmations.allowOnce();
    expect(await chat.waitForAnswer(runMs)).toMatch(/On This machine:[\s\S]*iris-1 succeeded/);
    await chat.say('@mlops run the iris pipeline with max_depth 3 on Team home');
    expect((await chat.confirmations.wait()).title).toBe('Run iris on Team home?');
    await shot(suite.workbench, 'confirm-on-connection');
    await chat.confirmations.allowOnce();
    expect(await chat.waitForAnswer(runMs)).toMatch(/On Team home:[\s\S]*iris-1 succeeded/);
    expect(suite.place.run('iris-1')?.arguments['max_depth']).toBe(2);
    expect(teamRun()?.arguments['max_depth']).toBe(3);
  });

  it('what is spoken of next is where it was', async () => {
    const { chat } = suite.workbench;
    await chat.say('@mlops describe it');
    expect(await chat.waitForAnswer()).toMatch(/On Team home:[\s\S]*max_depth = 3/);
    expect(await chat.followUps()).toContainEqual(expect.stringMatching(/ on Team home$/));
    await chat.say('@mlops list runs');
    expect(await chat.waitForAnswer()).toContain('On This machine:');
  });

  it('runs of one id are two rows, two panels and two documents', async () => {
    const { workbench } = suite;
    const tree = workbench.tree('Pipelines');
    await tree.expand('Team home');
    await tree.rowsWith('iris/iris.yaml').nth(1).click();
    const runs = tree.rowsWith(/iris-1\W*succeeded/);
    await expect.poll(() => runs.count()).toBe(2);
    await shot(workbench, 'two-connections');
    for (const index of [0, 1]) {
      await runs.nth(index).hover();
      await runs.nth(index).locator('.actions a[aria-label^="Open results"]').click();
      await expect.poll(() => workbench.activeTab()).toContain('iris-1');
    }
    const tabs = workbench.page.locator('.part.editor .tab', { hasText: 'iris-1' });
    await expect.poll(() => tabs.count()).toBe(2);
  });

  it('the status bar changes the active one', async () => {
    const { chat, code, quickInput } = suite.workbench;
    await suite.workbench.tree('Pipelines').press('iris/iris.yaml', 'Open pipeline'); // where its lens is in sight
    await code.lens(/iris-1 accuracy 0\.9/).waitFor();
    const ran = async () => (await code.lenses()).filter((lens) => lens.includes('iris-1 accuracy')).join();
    const before = await ran();
    await suite.workbench.pressStatusBar('This machine');
    await quickInput.titled('Runs on This machine');
    await shot(suite.workbench, 'change-connection');
    await quickInput.pick('Change to Team home');
    await suite.workbench.statusBar('Team home');
    // The lens tells how it went there: other values gave another accuracy.
    await expect.poll(async () => ['', before].includes(await ran())).toBe(false);
    await chat.say('@mlops list runs');
    expect(await chat.waitForAnswer()).toContain('On Team home:');
  });

  it('what is deleted there stays here', async () => {
    const { dialogs } = suite.workbench;
    await suite.workbench.runCommand('MLOps: Delete run');
    const { quickInput } = suite.workbench;
    await quickInput.pick('iris-1');
    expect((await dialogs.wait()).message).toBe('Delete iris-1 on “Team home”?');
    await dialogs.press('Delete');
    await expect.poll(() => teamRun()).toBeUndefined();
    expect(suite.place.run('iris-1')?.state).toBe('succeeded');
  });

  objectStoreCases(suite);
});
