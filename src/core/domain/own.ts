/**
 * The value of a record under a name from outside; undefined for names that every object has, such as `constructor`. Lint
 * forbids other ways of reading records by such names.
 */
export function own<T>(record: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
