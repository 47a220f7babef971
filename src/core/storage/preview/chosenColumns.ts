import { MlopsError } from '../../ports/mlopsError.ts';
import { asName } from '../../text/literal.ts';
import type { PreviewColumn, TableContent } from './preview.ts';

interface Chosen {
  readonly name: string;
  readonly index: number;
}

/** The columns that are drawn. */
export interface ChosenColumns {
  readonly y: Chosen;
  /** Undefined: the number of the row. */
  readonly x: (Chosen & { readonly time: boolean }) | undefined;
  readonly numeric: readonly string[];
}

/** Names of what goes on with each row, and of what is usually looked at. */
const steps = /^(?:epoch|step|global_step|iteration|iter|round|batch|time|timestamp|date|day|month|year)s?$/i;
const wanted = [
  /^(?:train_?)?loss$/i,
  /loss/i,
  /^(?:accuracy|auc|f1|rmse|mae|r2|score)$/i,
  /accuracy|auc|error|score/i,
];

/**
 * The columns that were named, by their names in any case or a part of them; without names, the column of numbers whose name
 * says most, against one that counts the steps. Throws MlopsError notFound, invalid.
 */
export function chosenColumns(
  { columns, rows }: TableContent,
  names: { readonly x?: string | undefined; readonly y?: string | undefined },
): ChosenColumns {
  const numbers = columns.filter(isNumeric);
  const x =
    names.x === undefined
      ? columns.find((one) => steps.test(one.name) && isOrdered(one))
      : find(columns, names.x);
  const y = names.y === undefined ? usual(numbers.filter((one) => one !== x)) : find(columns, names.y);
  if (y === undefined) throw new MlopsError('invalid', 'The table has no column of numbers.');
  for (const one of [y, ...(x === undefined ? [] : [x])])
    if (rows.length > 0 && !(isNumeric(one) || (one === x && isTime(one))))
      throw new MlopsError('invalid', `The column ${asName(one.name)} has no numbers; it is ${one.type}.`, {
        hint: `Columns of numbers: ${listed(numbers)}.`,
      });
  const at = (one: PreviewColumn) => ({ name: one.name, index: columns.indexOf(one) });
  return {
    y: at(y),
    x: x === undefined || x === y ? undefined : { ...at(x), time: !isNumeric(x) },
    numeric: numbers.map(({ name }) => name),
  };
}

/** Types as text says them, and as Parquet does. */
const isNumeric = ({ type }: PreviewColumn) =>
  /^(?:integer|number|u?int\d*|float|double|decimal)\b/.test(type);
const isTime = ({ type }: PreviewColumn) => /^(?:date|time)\b/.test(type);
const isOrdered = (column: PreviewColumn) => isNumeric(column) || isTime(column);

function find(columns: readonly PreviewColumn[], wantedName: string): PreviewColumn {
  const text = wantedName.trim().toLowerCase();
  const found =
    columns.find(({ name }) => name === wantedName) ??
    columns.find(({ name }) => name.toLowerCase() === text) ??
    columns.find(({ name }) => name.toLowerCase().includes(text));
  if (found !== undefined) return found;
  throw new MlopsError('notFound', `There is no column ${asName(wantedName)}.`, {
    hint: `There is ${listed(columns)}.`,
  });
}

const listed = (columns: readonly PreviewColumn[]) =>
  columns.length === 0
    ? 'none'
    : columns
        .slice(0, 30)
        .map(({ name }) => asName(name))
        .join(', ');

function usual(columns: readonly PreviewColumn[]): PreviewColumn | undefined {
  const named = wanted.flatMap((pattern) => columns.filter(({ name }) => pattern.test(name)));
  return named[0] ?? columns.find(({ name }) => !steps.test(name)) ?? columns[0];
}
