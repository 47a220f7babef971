import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { holdRun } from '../support/holdRun.ts';
import { shot } from '../support/shot.ts';
import { runMs, startMs, type Suite } from '../support/suite.ts';

const sentence = '@mlops run the iris pipeline with max_depth';

export function runIrisCases(suite: Suite): void {
  describe('a sentence runs the sample', () => {
    beforeAll(() => suite.startOver(), startMs);

    it('lists what can be run', async () => {
      const { chat } = suite.workbench;
      const tree = suite.workbench.tree('Pipelines');
      await tree.open();
      await tree.press('iris/iris.yaml', 'Open pipeline');
      await expect.poll(() => suite.workbench.activeTab()).toMatch(/iris\s*\.py/);
      await chat.say('@mlops list pipelines');
      expect(await chat.waitForAnswer()).toContain('iris (iris/iris.yaml): Trains a decision tree');
      expect(await chat.references()).toContainEqual(expect.stringContaining('iris.yaml'));
      expect(await chat.followUps()).toEqual(['list runs']);
    });

    it('starts nothing when the person skips', async () => {
      const { chat } = suite.workbench;
      await chat.say(`${sentence} 2`);
      await chat.confirmations.wait();
      await chat.confirmations.skip();
      expect(await chat.waitForAnswer()).toContain('Skipped: nothing was run and nothing was changed.');
      expect(suite.place.runs()).toEqual([]);
      expect(await chat.confirmations.box.isVisible()).toBe(false);
      await shot(suite.workbench, 'skipped');
    });

    it('runs it, and says that there is nothing to compare the first run with', async () => {
      const { chat } = suite.workbench;
      await chat.say(`${sentence} 2`);
      await chat.confirmations.wait();
      await chat.confirmations.allowOnce();
      const answer = await chat.waitForAnswer(runMs);
      expect(answer).toContain('iris-1 succeeded');
      expect(answer).toContain('It is the first good run of iris');
    });

    it('asks with every parameter, what was set first', async () => {
      const { chat } = suite.workbench;
      await chat.say(`${sentence} 3`);
      const { title, message, buttons } = await chat.confirmations.wait();
      expect(title).toBe('Run iris on This machine?');
      expect(message.split('\n\n').slice(0, 2)).toEqual([
        'Set: max_depth = 3',
        'Defaults: class_weight = {}, criterion = gini, ' +
          'features = ["sepal_length", "sepal_width", "petal_length", "petal_width"], seed = 42, shuffle = true, test_size = 0.2',
      ]);
      // No standing approval is offered: what it would cover nobody has seen.
      expect(buttons).toEqual(['Allow Once', 'Skip']);
      await shot(suite.workbench, 'confirm');
    });

    it('shows the run live in the sidebar and the status bar', async () => {
      const { workbench } = suite;
      await workbench.chat.confirmations.allowOnce();
      const tree = workbench.tree('Pipelines');
      // Its tasks take less than a second each.
      const release = await holdRun(suite.place, 'iris-2', /^(train|evaluate)$/);
      onTestFinished(release);
      await tree.row(/iris-2\W*running \d+ s/).waitFor();
      await tree.row(/(train|evaluate)\W*running/).waitFor();
      await shot(workbench, 'running-iris');
      expect(await workbench.statusBar('This machine')).toContain('1 running');
      release();
      await tree.row(/evaluate\W*succeeded in/).waitFor({ timeout: runMs });
      await tree.row(/load\W*cached from iris-1/).waitFor();
      await tree.row(/iris-2\W*succeeded · accuracy 0.967/).waitFor();
    });

    it('answers with the accuracy, the change and what changed it', async () => {
      const { chat } = suite.workbench;
      const answer = await chat.waitForAnswer(runMs);
      expect(answer).toContain('iris-2 succeeded');
      expect(answer).toMatch(/accuracy 0\.967, up 0\.03\d* on iris-1/);
      expect(answer).toContain('max_depth 2 → 3');
      expect(answer).toContain('cached from iris-1');
      await suite.workbench.page
        .locator('.statusbar-item', { hasText: /This machine$/ })
        .first()
        .waitFor();
      await shot(suite.workbench, 'answer');
    });

    it('opens what the answer refers to', async () => {
      const { workbench } = suite;
      await workbench.chat.openReference('iris-2');
      await expect.poll(() => workbench.activeTab()).toMatch(/iris-2\s*\.md/);
      await workbench.chat.openReference('model');
      await expect.poll(() => workbench.activeTab()).toContain('model');
      await workbench.chat.pressButton('Results of iris-2');
      await workbench.results.wait('iris-2');
    });

    it('goes on with a suggested sentence', async () => {
      const { chat } = suite.workbench;
      expect(await chat.followUps()).toEqual([
        'compare iris-2 with iris-1',
        'show the log of iris-2',
        'list runs of iris',
      ]);
      await chat.pressFollowUp('compare iris-2 with iris-1');
      const answer = await chat.waitForAnswer();
      expect(answer).toContain('max_depth');
      expect(answer).toContain('accuracy');
      await shot(suite.workbench, 'compared');
    });
  });
}
