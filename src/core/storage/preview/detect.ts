import { own } from '../../domain/own.ts';

/** What an object is read as. */
export type Format =
  | 'csv'
  | 'tsv'
  | 'json'
  | 'jsonl'
  | 'markdown'
  | 'html'
  | 'svg'
  | 'log'
  | 'text'
  | 'parquet'
  | 'pdf'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'npy'
  | 'safetensors'
  | 'pickle'
  | 'zip'
  | 'gzip'
  | 'tar'
  | 'gguf'
  | 'onnx'
  | 'binary';

/** Formats by the bytes that they begin with, in Latin-1. */
const beginnings: readonly (readonly [string, Format])[] = [
  ['PAR1', 'parquet'],
  ['%PDF-', 'pdf'],
  ['\u0089PNG\r\n\u001a\n', 'png'],
  ['\u00ff\u00d8\u00ff', 'jpeg'],
  ['GIF87a', 'gif'],
  ['GIF89a', 'gif'],
  ['\u0093NUMPY', 'npy'],
  ['PK\u0003\u0004', 'zip'],
  ['PK\u0005\u0006', 'zip'],
  ['\u001f\u008b', 'gzip'],
  ['GGUF', 'gguf'],
  // A pickle says its protocol first, since protocol 2.
  ['\u0080\u0002', 'pickle'],
  ['\u0080\u0003', 'pickle'],
  ['\u0080\u0004', 'pickle'],
  ['\u0080\u0005', 'pickle'],
];

const extensions: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  json: 'json',
  ipynb: 'json',
  geojson: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  htm: 'html',
  svg: 'svg',
  log: 'log',
  parquet: 'parquet',
  pq: 'parquet',
  pdf: 'pdf',
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  gif: 'gif',
  webp: 'webp',
  npy: 'npy',
  npz: 'zip',
  zip: 'zip',
  whl: 'zip',
  keras: 'zip',
  gz: 'gzip',
  tgz: 'gzip',
  tar: 'tar',
  safetensors: 'safetensors',
  gguf: 'gguf',
  onnx: 'onnx',
  pkl: 'pickle',
  pickle: 'pickle',
  joblib: 'pickle',
};

/** Formats whose files always begin as `beginnings` says: a file that does not is broken. */
const marked: ReadonlySet<Format> = new Set([
  'parquet',
  'pdf',
  'png',
  'jpeg',
  'gif',
  'npy',
  'zip',
  'gzip',
  'gguf',
]);

/** The extension of a key in lower case, without the dot; "" for none. */
export function extensionOf(key: string): string {
  return /[^/]\.([^./]+)$/.exec(key)?.[1]?.toLowerCase() ?? '';
}

/** The first bytes as Latin-1. */
export const latin = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** What an object is, by its first bytes, else by its name. `mismatch`: its name says another format than its bytes. */
export function detectFormat(
  key: string,
  head: Uint8Array,
): { readonly format: Format; readonly mismatch: boolean } {
  const named = own(extensions, extensionOf(key));
  const bytes = byBytes(head);
  const known = named === undefined || isPyTorch(key) ? bytes : (bytes ?? named);
  if (known === undefined) return { format: 'binary', mismatch: false };
  return { format: known, mismatch: bytes === undefined && marked.has(known) };
}

/** Files of PyTorch are archives, or pickles of older versions. */
const isPyTorch = (key: string) => /^(?:pt|pth|ckpt|bin)$/.test(extensionOf(key));

function byBytes(head: Uint8Array): Format | undefined {
  const beginning = latin(head, 0, 16);
  const exact = beginnings.find(([bytes]) => beginning.startsWith(bytes))?.[1];
  if (exact !== undefined) return exact;
  if (beginning.startsWith('RIFF') && beginning.slice(8, 12) === 'WEBP') return 'webp';
  if (latin(head, 257, 262) === 'ustar') return 'tar';
  // The length of a JSON header in 8 bytes, then the header.
  if (latin(head, 4, 9) === '\u0000\u0000\u0000\u0000{') return 'safetensors';
  return undefined;
}
