/** A name as words in small letters: `valAccuracy`, `val-accuracy` and `val accuracy` are `val_accuracy`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}
