/** A value of a Parquet file as the text of a cell, at most `most` characters; null for none. */
export function cellText(value: unknown, most: number): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return shortened(value, most);
  if (value instanceof Date) return dateText(value);
  if (value instanceof Uint8Array)
    return shortened(`0x${Buffer.from(value.subarray(0, most)).toString('hex')}`, most);
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(9)));
  if (typeof value === 'bigint' || typeof value === 'boolean') return shortened(String(value), most);
  return typeof value === 'object' ? shortened(jsonOf(value), most) : null;
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'no date';
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.replace('.000Z', 'Z');
}

/** Lists and structs as JSON; their whole numbers of 64 bits as numbers. */
function jsonOf(value: object): string {
  try {
    return JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'bigint'
        ? Number(inner)
        : inner instanceof Uint8Array
          ? Buffer.from(inner).toString('hex')
          : inner,
    );
  } catch {
    return '(nested too deeply)';
  }
}

const shortened = (text: string, most: number) =>
  text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1))}…`;
