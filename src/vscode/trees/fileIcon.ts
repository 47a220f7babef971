import { own } from '../../core/domain/own.ts';

const byEnding: Readonly<Record<string, string>> = {
  csv: 'table',
  tsv: 'table',
  parquet: 'table',
  json: 'json',
  md: 'markdown',
  html: 'globe',
  txt: 'file-text',
  log: 'file-text',
  py: 'python',
  png: 'file-media',
  jpg: 'file-media',
  jpeg: 'file-media',
  svg: 'file-media',
  zip: 'file-zip',
  gz: 'file-zip',
  bin: 'file-binary',
};

/** The codicon for an object, by its file extension. Icons of file themes would not align with ours. */
export function fileIcon(key: string): string {
  return own(byEnding, /\.([^./]+)$/.exec(key)?.[1]?.toLowerCase() ?? '') ?? 'file';
}
