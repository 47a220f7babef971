/** A section of a Markdown page: its heading and what stands below it, down to the next heading. */
export interface Section {
  /** The headings that lead to it, its own last; none before the first heading. */
  readonly headings: readonly string[];
  /** The line of its heading, from 1. */
  readonly line: number;
  readonly markdown: string;
}

/** A Markdown page in its parts. */
export interface MarkdownPage {
  readonly title: string;
  readonly description: string;
  readonly sections: readonly Section[];
}

const fence = /^ {0,3}(`{3,}|~{3,})/;
const heading = /^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$/;

/**
 * The parts of a Markdown page. Front matter gives title and description; without it the first heading is the title, else `name`.
 * A `#` within a fenced block is no heading.
 */
export function markdownSections(text: string, name: string): MarkdownPage {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const { fields, end } = frontMatter(lines);
  const sections = sectionsOf(lines, end);
  const top = sections.find(({ headings }) => headings.length === 1)?.headings[0];
  return {
    title: fields.get('title') ?? top ?? name,
    description: fields.get('description') ?? '',
    sections: sections.filter((section) => section.markdown !== ''),
  };
}

function frontMatter(lines: readonly string[]): {
  readonly fields: ReadonlyMap<string, string>;
  readonly end: number;
} {
  const close = lines[0] === '---' ? lines.indexOf('---', 1) : -1;
  const fields = lines.slice(1, Math.max(1, close)).flatMap((line) => {
    const parts = /^(\w+):\s+(.+)$/.exec(line);
    return parts === null ? [] : [[parts[1] ?? '', unquoted(parts[2] ?? '')] as const];
  });
  return { fields: new Map(close < 0 ? [] : fields), end: close + 1 };
}

function unquoted(value: string): string {
  return value.replace(/^(['"])(.*)\1$/, '$2').trim();
}

interface Open {
  readonly headings: readonly string[];
  readonly line: number;
  readonly lines: string[];
}

function sectionsOf(lines: readonly string[], from: number): readonly Section[] {
  const all: Open[] = [{ headings: [], line: from + 1, lines: [] }];
  let levels: readonly { readonly level: number; readonly heading: string }[] = [];
  let closing: string | undefined;
  for (const [index, line] of lines.entries()) {
    if (index < from) continue;
    const mark = fence.exec(line)?.[1];
    const found = closing === undefined ? heading.exec(line) : null;
    if (mark !== undefined) closing = nextClosing(closing, mark);
    if (found === null) {
      all.at(-1)?.lines.push(line);
      continue;
    }
    const level = found[1]?.length ?? 1;
    levels = [...levels.filter((above) => above.level < level), { level, heading: plain(found[2] ?? '') }];
    all.push({ headings: levels.map((one) => one.heading), line: index + 1, lines: [] });
  }
  return all.map(({ headings, line, lines: inside }) => ({
    headings,
    line,
    markdown: inside.join('\n').trim(),
  }));
}

/** The mark that ends the block that is open after a fence was met; undefined where none is. */
function nextClosing(closing: string | undefined, mark: string): string | undefined {
  if (closing === undefined) return mark;
  return mark.startsWith(closing) ? undefined : closing;
}

/** A heading without the marks of Markdown, and without an anchor that some generators read from it. */
function plain(text: string): string {
  return text
    .replace(/\s*\{#[\w-]+\}$/, '')
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*]|\b__?|__?\b/g, '')
    .trim();
}
