import { LineCounter, isCollection, isNode, parseAllDocuments } from 'yaml';
import type { Document, ScalarTag, Tags } from 'yaml';

/** Files above this are not parsed. A pipeline with a notebook inside it stays well below. */
export const LARGEST_FILE = 8_000_000;
const DEEPEST = 200;
const MOST_DOCUMENTS = 20;
const tooManyDocuments = `The file has more than ${MOST_DOCUMENTS} documents.`;
const MOST_ALIASES = 1000;
const pyYamlFloat = /^[-+]?[0-9]+\.[0-9]*[eE][-+][0-9]+$/;

/** One document of a YAML or JSON file. `lineOf` gives the line of the nearest thing there is on the way to `path`. */
export interface YamlDocument {
  readonly value: unknown;
  lineOf(path: readonly PropertyKey[]): number;
}

export interface YamlProblem {
  readonly message: string;
  readonly line?: number;
}

export type YamlResult =
  | { readonly ok: true; readonly documents: readonly YamlDocument[] }
  | { readonly ok: false; readonly problem: YamlProblem };

/** Parses the documents of a file within bounds on its size, depth, documents and aliases. Never throws. */
export function readYaml(text: string): YamlResult {
  if (text.length > LARGEST_FILE) return failed(`The file is larger than ${LARGEST_FILE / 1_000_000} MB.`);
  const deep = tooDeepAt(text);
  if (deep !== undefined) return failed(`The file is nested deeper than ${DEEPEST} levels.`, deep);
  // Each one costs far more to parse than to count.
  if ((text.match(/^---/gm)?.length ?? 0) > MOST_DOCUMENTS) return failed(tooManyDocuments);
  try {
    return parse(text);
  } catch (error) {
    // The library throws for aliases without end and when the stack is used up.
    return failed(
      `The file cannot be read as YAML: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function parse(text: string): YamlResult {
  return parseJson(text) ?? parseYaml(text);
}

/** JSON is read as JSON: faster, and its numbers are never anything else. */
function parseJson(text: string): YamlResult | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, documents: [{ value, lineOf: (path) => lineInYaml(text, path) }] };
  } catch {
    return undefined; // read as YAML, which says where the error is
  }
}

function lineInYaml(text: string, path: readonly PropertyKey[]): number {
  const read = parseYaml(text);
  return read.ok ? (read.documents[0]?.lineOf(path) ?? 1) : 1;
}

/**
 * The SDK writes its YAML with PyYAML, for which `1e3` and `0o17` are text. Tags of the core schema that would make
 * numbers of them are narrowed to what PyYAML means by a number.
 */
function asPyYaml(tags: Tags): Tags {
  return tags.flatMap((tag): Tags => {
    if (typeof tag === 'string' || tag.collection !== undefined) return [tag];
    const scalar = tag as ScalarTag;
    if (scalar.format === 'OCT') return [];
    return scalar.format === 'EXP' ? [{ ...scalar, test: pyYamlFloat }] : [tag];
  });
}

function parseYaml(text: string): YamlResult {
  const lines = new LineCounter();
  const found = parseAllDocuments(text, {
    lineCounter: lines,
    uniqueKeys: true,
    customTags: asPyYaml,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const parsed = Array.isArray(found) ? found : [];
  if (parsed.length > MOST_DOCUMENTS) return failed(tooManyDocuments);
  for (const document of parsed) {
    const error = document.errors[0];
    if (error) return failed(`YAML error: ${error.message}`, lines.linePos(error.pos[0]).line);
  }
  const documents = parsed.map((document) => toDocument(document, lines));
  // Throws for an alias to something around it.
  const size = documents.reduce((sum, document) => sum + (JSON.stringify(document.value)?.length ?? 0), 0);
  if (size > LARGEST_FILE * 4) return failed('The file is too large with its aliases written out.');
  return { ok: true, documents: documents.filter((document) => document.value !== null) };
}

function toDocument(document: Document.Parsed, lines: LineCounter): YamlDocument {
  return {
    value: document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown,
    lineOf: (path) => lines.linePos(offsetOf(document, path)).line,
  };
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const key of path) {
    if (!isCollection(node)) break;
    const pair = node.items.find((item) => keyOf(item) === String(key));
    const next: unknown = node.get(typeof key === 'number' ? key : String(key), true);
    const start = startOf(pair) ?? startOf(next);
    if (start === undefined) break;
    offset = start;
    node = next;
  }
  return offset;
}

/** Where a map's key stands, which is on the line that people look for (its value may begin below). */
function startOf(item: unknown): number | undefined {
  if (typeof item === 'object' && item !== null && 'key' in item) return startOf(item.key);
  return isNode(item) ? item.range?.[0] : undefined;
}

function keyOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('key' in item)) return undefined;
  const { key } = item;
  if (typeof key === 'object' && key !== null && 'value' in key) return String(key.value);
  return undefined;
}

/**
 * The line where brackets, dashes or indentation go deeper than a pipeline ever does: parsing that could take minutes or
 * use up the stack. Brackets inside texts count too; only those that are never closed add up.
 */
function tooDeepAt(text: string): number | undefined {
  let open = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const start = /^(?:\s*-\s)*\s*/.exec(line)?.[0] ?? '';
    let highest = open;
    for (const char of line) {
      if (char === '[' || char === '{') highest = Math.max(highest, (open += 1));
      else if ((char === ']' || char === '}') && open > 0) open -= 1;
    }
    if (highest > DEEPEST || start.length > DEEPEST * 4) return index + 1;
  }
  return undefined;
}

function failed(message: string, line?: number): YamlResult {
  return { ok: false, problem: line === undefined ? { message } : { message, line } };
}
