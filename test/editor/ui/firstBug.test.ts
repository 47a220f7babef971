// From a failure to a good run by keyboard alone, with the time that each part takes.
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/node24.mjs';
import type { RunRecord } from './support/place.ts';
import { shot } from './support/shot.ts';
import { runMs, useEditor } from './support/suite.ts';

/** More than a busy machine needs: what takes longer hangs. The limit of a second is held by the bench. */
const hangsMs = 20_000;
const poll = { timeout: runMs, interval: 10 };

describe('the first bug, by keyboard alone', () => {
  const suite = useEditor({ workspace: 'samples' });
  const times: Record<string, number> = {};
  let questions = 0;
  const press = (...keys: string[]) =>
    keys.reduce(async (before, key) => {
      await before;
      await suite.workbench.page.keyboard.press(key);
    }, Promise.resolve());
  const ended = async (id: string): Promise<RunRecord> => {
    await expect.poll(() => suite.place.run(id)?.endedAt ?? 0, poll).toBeGreaterThan(0);
    return suite.place.run(id)!;
  };

  /** When something came into sight. Asked often, as a locator that waits by itself looks only twice a second. */
  const seen = async (what: Locator): Promise<number> => {
    await expect.poll(() => what.first().isVisible(), poll).toBe(true);
    return Date.now();
  };

  interface Wanted {
    /** The second key of the chord: r for run, a for again. */
    readonly key: string;
    readonly question: string;
    /** What is put before the times of the run's parts. */
    readonly name: string;
    readonly since: number;
    readonly end: RegExp;
  }

  /** Runs what is in front and waits for its end. */
  async function run(id: string, { key, question, name, since, end }: Wanted): Promise<RunRecord> {
    const { code, dialogs, page } = suite.workbench;
    await press('Control+Alt+P', key);
    expect((await dialogs.wait()).message).toBe(question);
    times[`${name}: keys to confirmation`] = Date.now() - since;
    const asked = Date.now();
    questions += 1;
    await press('Enter');
    await expect.poll(() => suite.place.run(id) !== undefined, poll).toBe(true);
    times[`${name}: confirmation to run created`] = suite.place.run(id)!.createdAt - asked;
    const lens = seen(code.lens(end));
    const toast = seen(page.locator('.notification-toast:visible', { hasText: end }));
    const record = await ended(id);
    expect(await dialogs.box.count()).toBe(0); // nothing else is asked
    const over = record.endedAt!;
    times[`${name}: run, tasks' own work`] = ownWork(record);
    times[`${name}: run, the rest`] = over - record.createdAt - ownWork(record);
    times[`${name}: end to lens`] = (await lens) - over;
    times[`${name}: end to notification`] = (await toast) - over;
    return record;
  }

  it('fails, and the lens and the notification tell the line', async () => {
    const { code, notifications } = suite.workbench;
    await code.open('first_bug.py');
    await press('ControlOrMeta+End');
    await code.lens('Run').waitFor();
    await code.action('Run pipeline').waitFor();
    const record = await run('first-bug-1', {
      key: 'R',
      question: 'Run first-bug?',
      name: 'first run',
      since: Date.now(),
      end: /first-bug-1 failed in report/,
    });
    expect(record.state).toBe('failed');
    expect(await code.lenses()).toEqual([
      expect.stringMatching(/Run with….*first-bug-1 failed in report: line 6\d.*Go to line/s),
    ]);
    expect((await notifications.wait('first-bug-1 failed')).buttons).toEqual([
      'Go to line',
      'Results',
      'Diagnose',
    ]);
  });

  it('leads to the line by key, where the error stands', async () => {
    const { code, page } = suite.workbench;
    const begun = Date.now();
    await press('Control+Alt+P', 'L');
    await expect.poll(() => code.position(), poll).toMatch(/^Ln 6\d, Col \d+ \(\d+ selected\)/);
    times['key to failing line'] = Date.now() - begun;
    await code.marks.first().waitFor();
    await shot(suite.workbench, 'first-bug-failed');
    await page.locator('.view-line', { hasText: 'revenue / orders' }).first().waitFor();
  });

  it('runs again with two tasks from the cache when it is mended', async () => {
    const { code, page } = suite.workbench;
    await press('End');
    await page.keyboard.type(' if orders else 0.0');
    await expect.poll(() => code.marks.count(), poll).toBe(0);
    const begun = Date.now();
    await press('ControlOrMeta+S');
    const record = await run('first-bug-2', {
      key: 'A',
      question: 'Run first-bug again, as in first-bug-1?',
      name: 'second run',
      since: begun,
      end: /first-bug-2 (?:best_average|succeeded)/,
    });
    expect(record.state).toBe('succeeded');
    expect(record.tasks.map(({ name, cachedFrom }) => [name, cachedFrom])).toEqual([
      ['collect', 'first-bug-1'],
      ['summarize', 'first-bug-1'],
      ['report', null],
    ]);
    await code.lens(/first-bug-2 best_average 22, just now/).waitFor();
    await page.locator('.part.editor .monaco-editor.focused').waitFor();
    await shot(suite.workbench, 'first-bug-green');
  });

  it('never hangs, and every part was measured', () => {
    const file = path.join(root, 'test-results', 'first-bug-times.json');
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `${JSON.stringify({ times, questions }, null, 2)}\n`);
    expect(questions).toBe(2);
    expect(Object.keys(times)).toHaveLength(13);
    expect(Object.entries(times).filter(([, ms]) => ms > hangsMs)).toEqual([]);
  });
});

/** Milliseconds that the tasks' processes took, which do not overlap here. */
function ownWork({ tasks }: RunRecord): number {
  const ran = tasks.filter(({ cachedFrom, startedAt }) => cachedFrom === null && startedAt !== null);
  return ran.reduce((sum, { startedAt, endedAt }) => sum + (endedAt ?? 0) - (startedAt ?? 0), 0);
}
