// The program of a process that reads one Parquet file.
import type { TableBounds } from '../../core/ports/previewReaders.ts';
import { serveReader } from '../node/reader/serveReader.ts';
import { readParquet } from './readParquet.ts';

serveReader(
  (file, question) => readParquet(file, question as TableBounds),
  () => 'Its bytes are not those of a Parquet file, or contradict each other.',
);
