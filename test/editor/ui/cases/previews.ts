import { crc32, deflateSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { pdfBytes } from '../../../fakes/pdfBytes.ts';
import { fill, type S3Place } from '../../../servers/s3/s3Server.ts';
import { axeProblems } from '../support/axe.ts';
import { shot } from '../support/shot.ts';
import { runMs, type Suite } from '../support/suite.ts';

const panelThemes = { dark: 'vscode-dark', light: 'vscode-light', hc: 'vscode-high-contrast' } as const;
const rows = Array.from({ length: 300 }, (_, row) => row);
const metrics = `epoch,loss,accuracy\n${rows
  .slice(0, 40)
  .map((row) => `${row + 1},${(1 / (row + 1)).toFixed(4)},${(1 - 0.5 / (row + 1)).toFixed(4)}`)
  .join('\n')}\n`;

/** Puts one object of each kind that is previewed into a bucket. */
export function fillPreviews(place: S3Place): Promise<void> {
  const parquet = parquetWriteBuffer({
    columnData: [
      { name: 'customer', data: rows.map((row) => `C${1000 + row}`), type: 'STRING' },
      { name: 'months', data: rows.map((row) => (row * 7) % 48), type: 'INT32' },
      { name: 'left', data: rows.map((row) => row % 5 === 0), type: 'BOOLEAN' },
    ],
  });
  return fill(place, {
    previews: {
      'metrics.csv': metrics,
      'rows.parquet': new Uint8Array(parquet),
      'report.pdf': pdfBytes(['Two models were trained in April.', 'The second one is better.'], 'April'),
      'picture.png': pngPicture(64, 48),
      'model.pkl': "cos\nsystem\n(S'touch /tmp/owned'\ntR.",
    },
  });
}

/** Previews of objects of a store, in the panel and in the chat. The bucket is that of `fillPreviews`, on *Objects*. */
export function previewCases(suite: Suite): void {
  const preview = async (name: string) => {
    const { workbench } = suite;
    await workbench.tree('Storage').menu(name, 'Preview');
    await workbench.results.wait(name);
  };
  const inside = () => suite.workbench.results.inside;

  it('previews the rows of a CSV, and draws a column', async () => {
    const { workbench } = suite;
    const storage = workbench.tree('Storage');
    // Its hundred rows stand above the others.
    await storage.collapse('datasets');
    await storage.row('previews').click();
    await preview('metrics.csv');
    await inside().getByRole('columnheader', { name: 'loss number' }).waitFor();
    await inside().getByRole('combobox', { name: 'Column' }).selectOption('loss');
    await inside()
      .getByRole('img', { name: 'Line of loss against epoch: it falls from 1 to 0.025' })
      .waitFor();
    for (const theme of ['light', 'hc', 'dark'] as const) {
      await workbench.switchTheme(theme);
      await workbench.results.waitForTheme(panelThemes[theme]);
      await shot(workbench, `preview-csv-${theme}`);
      expect(await axeProblems(workbench)).toEqual([]);
    }
  });

  it('previews the first rows of a Parquet file by the parts that they need', async () => {
    await preview('rows.parquet');
    await inside().getByRole('columnheader', { name: 'months int32' }).waitFor();
    await inside().getByText('The first 200 of 300 rows are shown.').waitFor();
    await shot(suite.workbench, 'preview-parquet');
  });

  it('previews the text of a PDF, a picture, and a pickle that is not loaded', async () => {
    await preview('report.pdf');
    await inside().getByText('Two models were trained in April.').waitFor();
    await shot(suite.workbench, 'preview-pdf');
    await preview('picture.png');
    const picture = inside().getByRole('img', { name: 'Picture picture.png' });
    await expect
      .poll(() => picture.evaluate((image) => (image as { naturalWidth?: number }).naturalWidth))
      .toBe(64);
    await shot(suite.workbench, 'preview-picture');
    await preview('model.pkl');
    await inside().getByText('It was described from its bytes and not loaded.').waitFor();
    await shot(suite.workbench, 'preview-pickle');
  });

  it('tells the chat the same', async () => {
    const { chat } = suite.workbench;
    await chat.say('@mlops read previews/report.pdf on Objects');
    expect(await chat.waitForAnswer(runMs)).toContain('The second one is better.');
    await chat.say('@mlops read previews/rows.parquet on Objects');
    expect(await chat.waitForAnswer(runMs)).toMatch(/customer[^]*C1000/);
    await shot(suite.workbench, 'preview-chat');
  });
}

/** A picture of one colour (PNG, 8 bits of grey). */
function pngPicture(width: number, height: number): Buffer {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width);
  size.writeUInt32BE(height, 4);
  size.set([8, 0, 0, 0, 0], 8);
  const pixels = Buffer.alloc((width + 1) * height, 0x99).map((byte, at) =>
    at % (width + 1) === 0 ? 0 : byte,
  );
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
