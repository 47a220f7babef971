import { beforeAll, describe, expect, it } from 'vitest';
import { shot } from '../support/shot.ts';
import { startMs, type Suite } from '../support/suite.ts';

export function formCases(suite: Suite): void {
  describe('the parameter form', () => {
    beforeAll(() => suite.startOver(), startMs);
    const press = (key: string) => suite.workbench.page.keyboard.press(key);
    const active = () => suite.workbench.quickInput.activeRow();
    const ended = (run: string) => expect.poll(() => suite.place.run(run)?.state).toBe('succeeded');

    it('shows what will run where, and says which value is missing', async () => {
      const { quickInput } = suite.workbench;
      const tree = suite.workbench.tree('Pipelines');
      await tree.open();
      await tree.menu('types', 'Run with…');
      await quickInput.titled('Run types');
      const rows = (await quickInput.rows()).map((row) => row.replace(/\s+/g, ' ').trim());
      expect(rows.slice(0, 8)).toEqual([
        expect.stringMatching(/^Run types ?column is missing: it has no default \(text\)\.$/),
        expect.stringMatching(/^column = not set ?text, needs a value ?The column to learn\. ?parameters$/),
        expect.stringMatching(
          /^depth = 2 ?a whole number, default ?How many questions in a row, 1 or more\.$/,
        ),
        expect.stringMatching(/^mode = fast ?text, default$/),
        expect.stringMatching(/^names = \["a","b"\] ?a list, default$/),
        expect.stringMatching(/^rate = 0\.5 ?a number, default ?A share, between 0 and 1\.$/),
        expect.stringMatching(/^shuffle = true ?true or false, default$/),
        expect.stringMatching(/^weights = \{\} ?an object, default/),
      ]);
      await shot(suite.workbench, 'form-missing');
    });

    it('goes from the run row to the value that is missing, and on from value to value', async () => {
      const { quickInput } = suite.workbench;
      await press('Enter');
      await quickInput.titled('Run types: column (1 of 7)');
      expect(await quickInput.question()).toContain('Text. The column to learn.');
      await quickInput.answer('petal');
      await expect.poll(active).toMatch(/^\s*depth = 2/);
    });

    it('checks what is typed as it is typed, and keeps the line until it fits', async () => {
      const { quickInput } = suite.workbench;
      await press('Enter');
      await quickInput.titled('Run types: depth (2 of 7)');
      expect(await quickInput.question()).toContain(
        'A whole number. Empty: the default, 2. How many questions in a row, 1 or more.',
      );
      await quickInput.type('2.5');
      await expect.poll(() => quickInput.question()).toBe('depth must be a whole number, got "2.5".');
      await shot(suite.workbench, 'form-bad-value');
      await press('Enter');
      expect(await quickInput.title()).toContain('depth (2 of 7)');
      await quickInput.answer('7');
      await expect.poll(active).toMatch(/^\s*mode = fast/);
      expect((await quickInput.rows())[2]).toMatch(/depth = 7\s*a whole number, default 2/);
    });

    it('offers the choices where there are a few', async () => {
      const { quickInput } = suite.workbench;
      await press('Enter');
      await quickInput.titled('Run types: mode (3 of 7)');
      expect((await quickInput.rows()).map((row) => row.replace(/\s+/g, ' '))).toEqual([
        'fastdefault',
        'good',
      ]);
      await press('ArrowDown');
      await press('Enter');
      await expect.poll(active).toMatch(/^\s*names = /);
    });

    it('takes lists and objects as JSON, and says how when they are none', async () => {
      const { quickInput } = suite.workbench;
      await press('Enter');
      await quickInput.titled('Run types: names (4 of 7)');
      await quickInput.type('[a');
      const hint = 'names must be a list such as [1, 2], got "[a".';
      await expect.poll(() => quickInput.question()).toBe(hint);
      await shot(suite.workbench, 'form-list');
      await quickInput.answer('["x", 1]');
      await expect.poll(active).toMatch(/^\s*rate = /);
      await press('Enter');
      await quickInput.titled('Run types: rate (5 of 7)');
      await quickInput.answer('1e-3');
      await expect.poll(active).toMatch(/^\s*shuffle = /);
      await press('Enter');
      await quickInput.titled('Run types: shuffle (6 of 7)');
      await shot(suite.workbench, 'form-boolean');
      await press('ArrowDown');
      await press('Enter');
      await expect.poll(active).toMatch(/^\s*weights = /);
      await press('Enter');
      await quickInput.titled('Run types: weights (7 of 7)');
      await quickInput.answer('{"x": {"y": 2}}');
      await expect.poll(active).toMatch(/Run types\s*Runs on Python/);
    });

    it('goes back with Escape and the back button, and nothing is changed by that', async () => {
      const { quickInput } = suite.workbench;
      await press('ArrowDown');
      await press('ArrowDown');
      await press('Enter');
      await quickInput.titled('Run types: depth (2 of 7)');
      await quickInput.type('99');
      await press('Escape');
      await expect.poll(active).toMatch(/^\s*depth = 7/);
      await press('Enter');
      await quickInput.titled('Run types: depth (2 of 7)');
      await quickInput.back();
      await expect.poll(active).toMatch(/^\s*depth = 7/);
      await quickInput.pick('Without cache: off');
      await expect.poll(active).toMatch(/Without cache: on\s*every task runs anew/);
      await shot(suite.workbench, 'form-filled');
    });

    it('runs from there with the values in their types', async () => {
      const { quickInput, dialogs } = suite.workbench;
      await quickInput.pick('Run types');
      await ended('types-1');
      expect(await dialogs.box.isVisible()).toBe(false);
      expect(suite.place.run('types-1')).toMatchObject({
        cache: false,
        arguments: {
          column: 'petal',
          depth: 7,
          mode: 'good',
          names: ['x', 1],
          rate: 0.001,
          shuffle: false,
          weights: { x: { y: 2 } },
        },
      });
      await suite.workbench
        .tree('Pipelines')
        .row(/types-1\W*succeeded/)
        .waitFor();
    });

    it('begins with the values of last time, and gives the defaults back', async () => {
      const { quickInput } = suite.workbench;
      await suite.workbench.tree('Pipelines').menu(/types\W*types\.yaml/, 'Run with…');
      await quickInput.titled('Run types');
      expect((await quickInput.rows())[2]).toMatch(/depth = 7\s*a whole number, default 2/);
      await quickInput.pick('Use the defaults');
      await expect
        .poll(async () => (await quickInput.rows())[2])
        .toMatch(/depth = 2\s*a whole number, default, was 7 last time/);
      await shot(suite.workbench, 'form-last-time');
      await quickInput.cancel();
      expect(suite.place.runs()).toHaveLength(1);
    });

    it('is one press away from the question, which names what differs from the defaults', async () => {
      const { dialogs, quickInput } = suite.workbench;
      await suite.workbench.tree('Pipelines').press(/types\W*types\.yaml/, 'Run pipeline');
      const { message, detail, buttons } = await dialogs.wait();
      expect(message).toBe('Run types?');
      expect(detail).toContain('depth = 7 (default 2)');
      expect(buttons).toEqual(expect.arrayContaining(['Run', 'Run with…', 'Cancel']));
      await shot(suite.workbench, 'run-question-values');
      await dialogs.press('Run with…');
      await quickInput.titled('Run types');
      await quickInput.cancel();
    });
  });
}
