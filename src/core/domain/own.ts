/**
 * What a record holds under a name from outside; nothing for names that every object has, such as `constructor`. Lint
 * forbids to read records by such names in another way.
 */
export function own<T>(record: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
