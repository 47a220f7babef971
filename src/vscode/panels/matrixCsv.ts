import type { ConfusionMatrix } from '../../core/results/classification.ts';

/** A whole confusion matrix as CSV (RFC 4180): the first column has the true classes, the first row the predicted ones. */
export function matrixCsv({ labels, rows }: ConfusionMatrix): string {
  const lines = rows.map((row, index) => [quoted(labels[index] ?? ''), ...row.map(String)]);
  return [['true \\ predicted', ...labels.map(quoted)], ...lines]
    .map((line) => `${line.join(',')}\n`)
    .join('');
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
