import * as vscode from 'vscode';
import type { PreviewReaders } from '../../core/ports/previewReaders.ts';
import { extension } from '../extensionUri.ts';

/** The readers of formats that need a library, each loaded at its first use. */
export const previewReaders: PreviewReaders = {
  async parquet(file, bounds, signal) {
    const { parquetHead } = await import('../../adapters/parquet/parquet.ts');
    return parquetHead(programOf('parquet'), file, bounds, signal);
  },
  async pdf(file, bounds, signal) {
    const { pdfText } = await import('../../adapters/pdf/pdf.ts');
    return pdfText(programOf('pdf'), file, bounds, signal);
  },
  async inflate(bytes, format, most) {
    const { inflate } = await import('../../adapters/zlib/inflate.ts');
    return inflate(bytes, format, most);
  },
};

/** The program of the process that reads files for an adapter, as built. */
function programOf(adapter: string): string {
  const { extensionUri } = extension();
  return vscode.Uri.joinPath(extensionUri, 'dist', 'later', 'adapters', adapter, 'child.mjs').fsPath;
}
