const mostTags = 10;
const longestName = 128;
const longestValue = 256;

/** Tags as one line that a person can change: "stage=raw, team=vision". Signs that end a name or value have a backslash. */
export function tagsLine(tags: { readonly [name: string]: string }): string {
  return Object.entries(tags)
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .join(', ');
}

/** The tags of a line, or what is wrong with it. S3 takes up to ten tags. */
export function tagsIn(line: string): { readonly [name: string]: string } | string {
  if (line.trim() === '') return {};
  const pairs = line.split(/(?<!\\),/).map((pair) => pair.split(/(?<!\\)=/).map(unescaped));
  const tags = new Map<string, string>();
  for (const [name = '', value, ...others] of pairs) {
    if (name === '' || value === undefined || others.length > 0)
      return 'Write each tag as name=value, with commas between.';
    if (name.length > longestName) return `A name has at most ${longestName} characters.`;
    if (value.length > longestValue) return `A value has at most ${longestValue} characters.`;
    if (tags.has(name)) return `${name} is there twice.`;
    tags.set(name, value);
  }
  if (tags.size > mostTags) return `An object has at most ${mostTags} tags.`;
  return Object.fromEntries(tags);
}

const escaped = (text: string) => text.replaceAll(/[\\,=]/g, String.raw`\$&`);
const unescaped = (text: string) => text.trim().replaceAll(/\\(.)/g, '$1');
