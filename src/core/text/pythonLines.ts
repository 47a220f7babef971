/** A logical line of Python, which may cover several lines of the file. Lines count from 0. */
export interface PythonLine {
  readonly line: number;
  readonly end: number;
  /** Columns before it; a tab counts 8. */
  readonly indent: number;
  /** The line without comments and without the content of strings. */
  readonly code: string;
}

const token = new RegExp(
  [
    /"""(?:\\[^]|[^\\])*?(?:"""|$)/,
    /'''(?:\\[^]|[^\\])*?(?:'''|$)/,
    /"(?:\\.|[^"\\\n])*"?/,
    /'(?:\\.|[^'\\\n])*'?/,
    /#[^\n]*/,
    /\\\r?\n/,
    /\n/,
    /[^"'#\\\n([{)\]}]+/,
    /[^]/,
  ]
    .map((part) => part.source)
    .join('|'),
  'g',
);
/** At the margin these begin a new statement, even after an open bracket. */
const beginning = /(?:@|def\s|class\s|async\s+def\s)/y;

/** Reads a Python file line by line, without a grammar, so that an unfinished file can be read, too. */
export function pythonLines(text: string): readonly PythonLine[] {
  const lines: PythonLine[] = [];
  let [number, start, depth, code] = [0, 0, 0, ''];
  const finish = () => {
    if (code.trim() !== '')
      lines.push({ line: start, end: number, indent: indentOf(code), code: code.trim() });
    [start, depth, code] = [number + 1, 0, ''];
  };
  for (const { 0: part, index } of text.matchAll(token)) {
    depth = Math.max(0, depth + depthOf(part));
    if (part === '\n') {
      if (depth === 0 || code.trim() === '' || beginsAt(text, index + 1)) finish();
      number += 1;
    } else {
      code += codeOf(part);
      number += part.split('\n').length - 1;
    }
  }
  finish();
  return lines;
}

function depthOf(part: string): number {
  if ('([{'.includes(part)) return 1;
  return ')]}'.includes(part) ? -1 : 0;
}

function codeOf(part: string): string {
  const [first = ''] = part;
  if (first === '#') return '';
  if (first === '\\') return ' ';
  return first === '"' || first === "'" ? '""' : part;
}

function beginsAt(text: string, index: number): boolean {
  beginning.lastIndex = index;
  return beginning.test(text);
}

function indentOf(code: string): number {
  return (/^\s*/.exec(code)?.[0] ?? '').replaceAll('\t', ' '.repeat(8)).length;
}
