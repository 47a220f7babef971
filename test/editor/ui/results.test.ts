import fs from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { axeProblems } from './support/axe.ts';
import { shot } from './support/shot.ts';
import { runMs, useEditor } from './support/suite.ts';

/** The classes that the editor gives to a panel's page. */
const panelThemes = { dark: 'vscode-dark', light: 'vscode-light', hc: 'vscode-high-contrast' } as const;

describe('the results of a run in one panel', () => {
  const suite = useEditor({
    workspace: 'results',
    model: 'MLOps Basics',
    size: { width: 1400, height: 1000 },
  });

  async function start(sentence: string): Promise<void> {
    const { chat } = suite.workbench;
    await chat.say(`@mlops ${sentence}`);
    await chat.confirmations.wait();
    await chat.confirmations.allowOnce();
  }

  async function ended(sentence: string): Promise<void> {
    await start(sentence);
    await suite.workbench.chat.waitForAnswer(runMs);
  }

  async function open(run: string): Promise<void> {
    const { quickInput, results } = suite.workbench;
    // A panel that has just been drawn may take the focus, which closes the list.
    await vi.waitFor(
      async () => {
        await suite.workbench.runCommand('MLOps: Open results');
        await quickInput.pick(run, { timeout: 10_000 });
      },
      { timeout: runMs },
    );
    await results.wait(run);
  }

  /** What a browser shows of the first page. The editor of these tests forwards no ports, and tells the address. */
  async function openedInBrowser(): Promise<string> {
    const { notifications, page, results } = suite.workbench;
    await results.press('Open in browser');
    const { text } = await notifications.wait('A browser there shows the report at');
    const tab = await page.context().newPage();
    await tab.goto(/http:\S+/.exec(text)?.[0] ?? '');
    await tab.getByRole('heading', { name: 'A page' }).waitFor();
    const shown = await tab.locator('body').innerText();
    await tab.close();
    await suite.workbench.runCommand('Notifications: Clear All Notifications');
    return shown;
  }

  it('shows a run that goes on, and its end as it comes', async () => {
    const { results } = suite.workbench;
    const gate = suite.place.file('gate');
    await start(`run study with wait ${gate}`);
    await expect.poll(() => suite.place.run('study-1')?.state).toBe('running');
    await open('study-1');
    await expect
      .poll(() => results.rows('Tasks'))
      .toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^sample\s+succeeded/),
          expect.stringMatching(/^fit\s+running/),
          expect.stringMatching(/^judge\s+waiting/),
        ]),
      );
    const inGraph = results.inside.locator('[data-node="fit"]');
    await expect.poll(() => inGraph.innerText()).toContain('running');
    expect(await results.inside.getByRole('button', { name: 'Stop' }).count()).toBe(1);
    await shot(suite.workbench, 'results-live');
    fs.writeFileSync(gate, '');
    await expect.poll(() => results.state.innerText()).toContain('succeeded');
    expect(await inGraph.innerText()).toContain('succeeded');
    expect(await results.rows('Tasks')).toContainEqual(expect.stringMatching(/^judge\s+succeeded/));
    await suite.workbench.chat.waitForAnswer(runMs);
    // It ended before the eyes of whoever looked.
    const told = await suite.workbench.notifications.texts();
    expect(told.filter((text) => text.includes('study-1'))).toEqual([]);
  });

  it('holds a run against the last good one', async () => {
    const { results } = suite.workbench;
    await ended('run study with learning_rate 0.2');
    await open('study-2');
    await expect.poll(() => results.state.innerText()).toContain('succeeded');
    expect(await results.rows('Parameters')).toContainEqual(
      expect.stringMatching(/^learning_rate\s+0\.2\s+0\.1$/),
    );
    const metrics = await results.section('Metrics').locator('li').allInnerTexts();
    expect(metrics.map((text) => text.replace(/\s+/g, ' '))).toEqual([
      'accuracy 0.92 ↑ up 0.01 from 0.91, better judge · higher is better',
      'loss 0.31 ↓ down 0.02 from 0.33, better judge · lower is better',
      'neurons 128 = as in study-1 judge · which way is better is unknown',
    ]);
    await shot(suite.workbench, 'results');
  });

  it('draws the confusion matrix and the ROC curve, with the same in words', async () => {
    const { results } = suite.workbench;
    const matrix = results.section('Confusion matrix of judge (curves)');
    await matrix.getByRole('img').waitFor();
    await matrix.scrollIntoViewIfNeeded();
    expect((await matrix.locator('.matrix tbody tr').allInnerTexts()).map((row) => row.split(/\t/))).toEqual([
      ['class 0', '90', '3', '1'],
      ['class 1', '2', '89', '3'],
      ['class 2', '4', '2', '88'],
    ]);
    await shot(suite.workbench, 'results-matrix');
    const curve = results.section('ROC curve of judge (curves)');
    await curve.scrollIntoViewIfNeeded();
    expect(await curve.innerText()).toMatch(/Area under the curve 0\.7\d+, computed from 50 points/);
    await shot(suite.workbench, 'results-roc');
  });

  it('shows the report that is chosen in the sidebar', async () => {
    const { results } = suite.workbench;
    const tree = suite.workbench.tree('Pipelines');
    await suite.workbench.runCommand('View: Close Editor');
    await tree.open();
    await tree.expand('study');
    await tree.expand('study-2');
    await tree.expand(/^report/);
    await tree.row(/^page\W*HTML/).click();
    await results.wait('study-2');
    const page = results.section('Reports').frameLocator('iframe');
    await page.getByRole('heading', { name: 'A page' }).waitFor();
  });

  it('shows reports without running them, and artifacts that open', async () => {
    const { results } = suite.workbench;
    const reports = results.section('Reports');
    await reports.scrollIntoViewIfNeeded();
    await reports.frameLocator('iframe').getByRole('heading', { name: 'A page' }).waitFor();
    await reports.getByRole('heading', { name: 'Notes' }).waitFor();
    await results.section('Artifacts').scrollIntoViewIfNeeded();
    await shot(suite.workbench, 'results-reports');
    expect(await openedInBrowser()).toContain('It was written by a task.');
    await results.press('Open data of sample');
    await expect.poll(() => suite.workbench.activeTab()).toMatch(/data/);
    await suite.workbench.runCommand('View: Close Editor');
  });

  it.each(['dark', 'light', 'hc'] as const)('has nothing serious that axe would find, %s', async (theme) => {
    const { results } = suite.workbench;
    await open('study-2');
    await suite.workbench.switchTheme(theme);
    await results.waitForTheme(panelThemes[theme]);
    expect(await axeProblems(suite.workbench)).toEqual([]);
    await suite.workbench.switchTheme('dark');
  });

  it('compares runs that are comparable', async () => {
    const { results, quickInput } = suite.workbench;
    await results.press('Compare with…');
    await quickInput.box.locator('.monaco-list-row', { hasText: 'study-1' }).click();
    await suite.workbench.page.keyboard.press('Enter');
    await results.wait('study-1 · study-2');
    expect(await results.rows('Parameters that differ')).toContainEqual(
      expect.stringMatching(/^learning_rate\s+0\.1\s+0\.2$/),
    );
    expect(await results.rows('Metrics')).toContainEqual(
      expect.stringMatching(/^accuracy\s+higher\s+0\.91\s+0\.92 better$/),
    );
    expect(await results.inside.getByRole('note').count()).toBe(0);
    await shot(suite.workbench, 'compare');
    const matrices = results.section('Confusion matrices of judge (curves)');
    await expect.poll(() => matrices.getByRole('img').count()).toBe(2);
    await matrices.scrollIntoViewIfNeeded();
    await shot(suite.workbench, 'compare-matrices');
    await results.waitForTheme('vscode-dark');
    expect(await axeProblems(suite.workbench)).toEqual([]);
  });

  it('warns where data and split make the figures incomparable', async () => {
    const { results, quickInput } = suite.workbench;
    await ended('run study with seed 5, rows 80, megabytes 5');
    await suite.workbench.runCommand('MLOps: Compare with…');
    for (const run of ['study-3', 'study-1'])
      await quickInput.box.locator('.monaco-list-row', { hasText: run }).click();
    await suite.workbench.page.keyboard.press('Enter');
    await results.wait('study-1 · study-3');
    const warnings = await results.inside.getByRole('note').innerText();
    expect(warnings).toContain('Not the same data: sample/data has different content in these runs.');
    expect(warnings).toContain('The data was divided differently: seed');
    await shot(suite.workbench, 'compare-incomparable');
  });

  it('leaves a page of 5 MB to the browser, and says so', async () => {
    const { results } = suite.workbench;
    await open('study-3');
    const reports = results.section('Reports');
    await reports.scrollIntoViewIfNeeded();
    await reports.getByText('It has 5 MB; up to 750 kB are shown here. Open it in the browser.').waitFor();
    await shot(suite.workbench, 'results-large-report');
    expect(await openedInBrowser()).toContain('More of it.');
  });

  it('shows a failure with its line and the ways to it', async () => {
    const { results } = suite.workbench;
    await ended('run study with points 1');
    await open('study-4');
    const failed = results.section('What failed');
    expect(await failed.innerText()).toMatch(
      /judge\s+line \d+ of judge\s+.*points - 1.*\s+ZeroDivisionError: /,
    );
    expect(await failed.getByRole('button').allInnerTexts()).toEqual(['Go to line', 'Show log']);
    await shot(suite.workbench, 'results-failed');
    await results.waitForTheme('vscode-dark');
    expect(await axeProblems(suite.workbench)).toEqual([]);
  });

  it('runs nothing and fetches nothing that a task wrote', async () => {
    const { page, results } = suite.workbench;
    const left: string[] = [];
    // What the page's rules refuse never comes here.
    await page.context().route('https://elsewhere.example/**', (route) => {
      left.push(route.request().url());
      return route.abort();
    });
    await ended('run study with hostile true');
    await open('study-5');
    const reports = results.section('Reports');
    const frame = reports.frameLocator('iframe');
    await frame.getByRole('heading', { name: 'A page' }).waitFor();
    await reports.scrollIntoViewIfNeeded();
    await frame.getByText('away').click();
    await frame.getByRole('heading', { name: 'A page' }).waitFor();
    expect(await reports.locator('.markdown').innerText()).toContain('<script>top.hacked = 1</script>');
    expect(await reports.locator('.markdown a').allInnerTexts()).toEqual(['page']);
    expect(
      await Promise.all(page.frames().map((one) => one.evaluate<boolean>(`'hacked' in window`))),
    ).not.toContain(true);
    expect(left).toEqual([]);
    await shot(suite.workbench, 'results-hostile');
  });

  it('is there again after a reload', async () => {
    const { results } = suite.workbench;
    await suite.workbench.reload();
    // Which one is in front is up to the editor, which notes it late.
    await results.section('Parameters').waitFor();
    expect(await results.inside.locator('header h1').innerText()).toMatch(/^study-\d/);
  });
});
