import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DocumentPage } from '../../../src/core/knowledge/passage.ts';
import { designsOf } from './designs.ts';
import { measure, type Measures } from './measure.ts';
import { readQuestions } from './questions.ts';

/** How well each design answers the questions of a file from the Markdown pages of a folder, at any depth. */
export async function retrieval(corpus: string, questions: string): Promise<readonly Measures[]> {
  const [pages, asked] = await Promise.all([pagesIn(corpus), readQuestions(questions)]);
  if (pages.length === 0) throw new Error(`There is no Markdown page in ${corpus}.`);
  return designsOf(pages).map((design) => measure(design, asked));
}

async function pagesIn(folder: string): Promise<readonly DocumentPage[]> {
  const files = (await readdir(folder, { recursive: true }))
    .filter((file) => file.endsWith('.md'))
    .toSorted();
  return Promise.all(
    files.map(async (file) => ({
      path: file.split(path.sep).join('/'),
      text: await readFile(path.join(folder, file), 'utf8'),
    })),
  );
}

/** The measures as a table. */
export function tableOf(rows: readonly Measures[]): string {
  const head = ['design', 'R@1', 'R@5', 'R@10', 'MRR', 'nDCG@10', 'answerable declined', 'others flagged'];
  const cells = rows.map((row) => [
    row.name,
    ...[row.recall1, row.recall5, row.recall10, row.mrr, row.ndcg10].map((share) => share.toFixed(3)),
    String(row.declined),
    `${Math.round(row.flagged * 100)} %`,
  ]);
  const widths = head.map((name, column) =>
    Math.max(name.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  return [head, ...cells]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
