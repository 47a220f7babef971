import { count } from '../../text/markdown.ts';
import { mostCharacters, mostSpreadBytes, pdfBounds } from './bounds.ts';
import { found, type Found, type Source } from './source.ts';
import { boundedTable } from './tables.ts';

/** A Parquet file: its schema, its counts and its first rows. Undefined where nothing here reads it. */
export async function parquetFile({ object, readers, limits, signal }: Source): Promise<Found | undefined> {
  if (readers === undefined) return undefined;
  object.allow(mostSpreadBytes);
  const head = await readers.parquet(object, { ...limits, characters: mostCharacters }, signal);
  const facts = [
    { name: 'rows', value: head.rowsInAll.toLocaleString('en') },
    { name: 'columns', value: String(head.columnsInAll) },
    { name: 'row groups', value: String(head.rowGroups) },
    { name: 'compression', value: head.compressions.join(', ') || 'none' },
    ...(head.createdBy === undefined ? [] : [{ name: 'written by', value: head.createdBy }]),
  ];
  const table = { format: 'Parquet', facts, columns: head.columns, rows: head.rows };
  const { content, cut } = boundedTable(table, { columns: head.columnsInAll, rows: head.rowsInAll }, limits);
  return found(content, ...cut, head.withoutRows ?? false);
}

/** The text of the first pages of a PDF. Undefined where nothing here reads it. */
export async function pdfFile({ object, readers, signal }: Source): Promise<Found | undefined> {
  if (readers === undefined) return undefined;
  object.allow(mostSpreadBytes);
  const { pages, title, texts } = await readers.pdf(object, pdfBounds, signal);
  return found(
    { kind: 'pdf', pages, ...(title === undefined ? {} : { title }), texts },
    pages > texts.length && `The text of the first ${texts.length} of ${count(pages, 'page')} is shown.`,
  );
}
