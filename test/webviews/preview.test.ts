// The preview of objects as built, in a browser alone: each kind, hostile content, keys, axe.
import axe from 'axe-core';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/node24.mjs';
import type { Preview, PreviewContent } from '../../src/core/storage/preview/preview.ts';
import { previewOf } from '../fakes/previewOf.ts';
import { PanelPage } from './panelPage.ts';

const shots = path.join(root, 'test-results', 'shots');
const of = (content: PreviewContent, key = 'a.csv'): Preview => ({
  stat: { bucket: 'data', key, size: 1_500_000 },
  content,
  read: 262_144,
  cut: ['The first 2 of 900 rows are shown.'],
});
const metrics = `epoch,note,loss\n${Array.from({ length: 30 }, (_, row) => `${row + 1},${row % 5 === 0 ? '' : 'fine'},${1 / (row + 1)}`).join('\n')}\n`;

describe('the preview of an object', () => {
  let panel: PanelPage;
  beforeAll(async () => {
    fs.mkdirSync(shots, { recursive: true });
    panel = await PanelPage.openPreview('data', 'a.csv');
  });
  beforeEach(() => panel.reload());
  afterAll(() => panel.close());

  const show = (preview: Preview, picture?: string) =>
    panel.send({ type: 'preview', shown: { preview, place: 'Objects', ...(picture ? { picture } : {}) } });
  const text = () => panel.page.locator('body').innerText();
  const shot = (name: string) => panel.page.screenshot({ path: path.join(shots, `preview-${name}.png`) });
  async function problems(): Promise<readonly string[]> {
    await panel.page.evaluate(axe.source);
    const { violations } = await panel.page.evaluate<{
      violations: readonly { readonly id: string; readonly impact: string }[];
    }>('axe.run()');
    return violations.filter(({ impact }) => impact !== 'minor').map(({ id }) => id);
  }

  it('of a table has its columns with their types, and what was left out', async () => {
    await show({
      ...(await previewOf('runs/metrics.csv', metrics)),
      cut: ['The first 2 of 900 rows are shown.'],
    });
    await expect.poll(text).toContain('The first 2 of 900 rows are shown.');
    const table = panel.page.getByRole('table', { name: 'Rows' });
    expect(await table.getByRole('columnheader').allInnerTexts()).toEqual([
      'Number',
      'epoch\ninteger',
      'note\ntext, some empty',
      'loss\nnumber',
    ]);
    expect(await table.getByRole('row').count()).toBe(31);
    expect(await panel.page.getByRole('region', { name: 'Rows' }).getAttribute('tabindex')).toBe('0');
    await shot('table');
    expect(await problems()).toEqual([]);
  });

  it('asks for the line of the column that was chosen, draws it, and says it in words', async () => {
    await show(await previewOf('runs/metrics.csv', metrics));
    await panel.page.getByRole('combobox', { name: 'Column' }).selectOption('loss');
    await expect.poll(() => panel.sent()).toContainEqual({ type: 'draw', y: 'loss' });
    const points = Array.from({ length: 30 }, (_, row) => ({ x: row + 1, y: 1 / (row + 1) }));
    const preview = await previewOf('runs/metrics.csv', metrics);
    const plot = {
      ...preview,
      x: 'epoch',
      y: 'loss',
      scale: 'number' as const,
      points,
      numeric: ['epoch', 'loss'],
    };
    await panel.send({ type: 'plot', shown: { plot, trend: 'falls from 1 to 0.0333' } });
    await panel.page
      .getByRole('img', { name: 'Line of loss against epoch: it falls from 1 to 0.0333' })
      .waitFor();
    expect(await panel.page.getByRole('combobox', { name: 'against' }).inputValue()).toBe('epoch');
    await shot('chart');
    expect(await problems()).toEqual([]);
    await panel.send({
      type: 'noPlot',
      failure: { message: 'There is no column x.', hint: 'There is loss.' },
    });
    await expect.poll(text).toContain('There is no column x. There is loss.');
  });

  it.each([
    [
      'a log',
      of({ kind: 'text', format: 'log', encoding: 'UTF-8', text: 'begun\n', tail: 'ended\n', facts: [] }),
      'ended',
    ],
    ['a PDF', of({ kind: 'pdf', pages: 3, title: 'April', texts: ['Two models', ''] }), 'Two models'],
    ['a PDF without text', of({ kind: 'pdf', pages: 1, texts: [''] }), 'they may be pictures of it'],
    ['a broken file', of({ kind: 'broken', format: 'PDF', reason: 'It is cut off.' }), 'It is cut off.'],
    ['bytes', of({ kind: 'binary', guess: 'HDF5', hex: '00000000  89 48' }), 'binary, perhaps HDF5'],
    ['nothing', of({ kind: 'empty' }), 'The object is empty.'],
    [
      'a pickle',
      of({
        kind: 'described',
        format: 'pickle',
        facts: [{ name: 'protocol', value: '4' }],
        table: { columns: [{ name: 'module', type: '' }], rows: [['os']] },
        warning: 'Loading it runs code.',
      }),
      'Loading it runs code.',
    ],
  ])('of %s', async (name, preview, words) => {
    await show(preview);
    await expect.poll(text).toContain(words);
    if (name === 'a pickle') await shot('pickle');
    expect(await problems()).toEqual([]);
  });

  it('of Markdown and of a page runs and fetches nothing', async () => {
    const hostile =
      '<img src="http://elsewhere.test/x.png" onerror="parent.broken = 1"><script>top.broken = 1</script>';
    await show(
      of({
        kind: 'text',
        format: 'Markdown',
        encoding: 'UTF-8',
        text: `# Title\n\n${hostile}\n![p](http://elsewhere.test/y.png)`,
        facts: [],
      }),
    );
    await panel.page.getByRole('heading', { name: 'Title' }).waitFor();
    await show(
      of(
        { kind: 'text', format: 'HTML', encoding: 'UTF-8', text: `<h1>April</h1>${hostile}`, facts: [] },
        'a.html',
      ),
    );
    await panel.page.frameLocator('iframe').getByRole('heading', { name: 'April' }).waitFor();
    expect(await panel.page.evaluate('window.broken')).toBeUndefined();
    await panel.page.getByRole('button', { name: 'Open in browser' }).click();
    await expect.poll(() => panel.sent()).toContainEqual({ type: 'openInBrowser' });
    expect(panel.refused).toEqual([]);
  });

  it('of a picture draws it, an SVG as a picture in which nothing runs', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><script>top.broken = 1</script><image href="http://elsewhere.test/z.png"/><circle cx="20" cy="20" r="20" fill="red"/></svg>';
    await show(
      of({ kind: 'text', format: 'SVG', encoding: 'UTF-8', text: svg, facts: [] }, 'a.svg'),
      `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
    );
    const drawn = panel.page.getByRole('img', { name: 'The picture' });
    await expect
      .poll(() => drawn.evaluate((image) => (image as { naturalWidth?: number }).naturalWidth))
      .toBe(40);
    expect(await panel.page.evaluate('window.broken')).toBeUndefined();
    expect(panel.refused).toEqual([]);
    expect(await problems()).toEqual([]);
  });

  it('of hostile names shows them as text', async () => {
    const name = '<img src=x onerror="top.broken = 1">';
    await show(
      of(
        {
          kind: 'table',
          format: 'CSV',
          facts: [{ name, value: name }],
          columns: [{ name, type: name }],
          rows: [[name], [null]],
        },
        name,
      ),
    );
    await expect.poll(text).toContain(name);
    expect(await panel.page.evaluate('window.broken')).toBeUndefined();
  });

  it('that could not be read says why', async () => {
    await panel.send({ type: 'failure', failure: { message: 'There is no data/a.csv.', hint: 'Refresh.' } });
    await panel.page.getByRole('heading', { name: 'There is no data/a.csv.' }).waitFor();
  });
});
