import type { State } from 'js-yaml';
import { YamlError } from './yamlError.ts';

export interface YamlLimits {
  readonly documents: number;
  readonly depth: number;
  /** Most texts, lists and maps of a document. */
  readonly parts: number;
  /** Most characters and parts of a document with all aliases written out. */
  readonly writtenOut: number;
}

/** Size of a part with its aliases written out. */
interface Extent {
  readonly size: number;
  readonly depth: number;
}

interface Collection extends Extent {
  readonly entries: readonly Entry[];
}

interface Entry {
  readonly key: string;
  readonly line: number;
  readonly value: unknown;
}

/** A text, list or map that was read, or an alias, and the line where it begins. */
interface Part {
  readonly value: unknown;
  readonly line: number;
  readonly extent: Extent;
  readonly isKey: boolean;
}

/** A part that is being read, with its parts so far. */
interface OpenPart {
  readonly line: number;
  readonly parts: Part[];
}

/** After a key, or below one with a question mark. */
const colon = /[ \t]*(?::[\s,[\]{}\0]|\r?\n[ \t]*:\s)/y;
const colonAtOnce = /[ \t]*:/y;

/** Listens to js-yaml: keeps the line of each part, and stops at a document that exceeds the bounds. */
export class Parts {
  readonly #limits: YamlLimits;
  readonly #documents: Part[] = [];
  readonly #open: OpenPart[] = [];
  readonly #collections = new Map<unknown, Collection>();
  #parts = 0;
  #writtenOut = 0;

  constructor(limits: YamlLimits) {
    this.#limits = limits;
  }

  /** Where the current part begins. */
  get line(): number {
    return this.#open.at(-1)?.line ?? 1;
  }

  /** @throws YamlError */
  listen(event: 'open' | 'close', state: State): void {
    if (event === 'open') this.#begin(state.line + 1);
    else this.#end(state);
  }

  /** The line of the deepest existing part of a path; for an entry of a map the line of its key. */
  lineOf(document: number, path: readonly PropertyKey[]): number {
    let { line, value } = this.#documents[document] ?? { line: 1, value: null };
    for (const key of path) {
      const next = this.#entryOf(value, String(key));
      if (!next) break;
      ({ line, value } = next);
    }
    return line;
  }

  #begin(line: number): void {
    if (this.#open.length === 0 && this.#documents.length >= this.#limits.documents)
      throw new YamlError(`The file has more than ${this.#limits.documents} documents.`, line);
    this.#open.push({ line, parts: [] });
  }

  #end(state: State): void {
    const open = this.#open.pop();
    if (!open) return;
    const last = open.parts.at(-1);
    // A value is read as the first key of a map, and stays what it is when no colon follows.
    const part = last && Object.is(last.value, state.result) ? last : this.#partOf(open, state);
    const around = this.#open.at(-1)?.parts ?? this.#documents;
    around.push(part);
  }

  #partOf({ line, parts }: OpenPart, state: State): Part {
    this.#parts += 1;
    if (this.#parts > this.#limits.parts) {
      const most = this.#limits.parts.toLocaleString('en');
      throw new YamlError(`The file has more than ${most} texts, lists and maps.`, line);
    }
    const value = state.result;
    const isKey = isFollowedByColon(state);
    if (isKey && isCollection(value)) throw new YamlError('A list or a map cannot be a key.', line);
    if (isCollection(value) && !isAlias(state))
      this.#collections.set(value, collectionOf(parts, Array.isArray(value)));
    const extent = isCollection(value) ? this.#collections.get(value) : extentOf(value);
    if (!extent) throw new YamlError('An alias (*) stands inside of what it names.', line);
    if (extent.depth > this.#limits.depth) throw new YamlError(tooDeep(this.#limits), line);
    if (isAlias(state)) this.#writtenOut += extent.size;
    if (this.#writtenOut > this.#limits.writtenOut)
      throw new YamlError('The file is too large with its aliases written out.', line);
    return { value, line, extent, isKey };
  }

  #entryOf(value: unknown, key: string): Entry | undefined {
    const entries = this.#collections.get(value)?.entries ?? [];
    const own = entries.findLast((entry) => entry.key === key);
    if (own) return own;
    return entries
      .filter((entry) => entry.key === '<<')
      .flatMap((entry): unknown => entry.value)
      .map((source) => this.#entryOf(source, key))
      .find((entry) => entry !== undefined);
  }
}

export function tooDeep({ depth }: Pick<YamlLimits, 'depth'>): string {
  return `The file is nested deeper than ${depth} levels.`;
}

function isCollection(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function isAlias({ kind, tag, result }: State): boolean {
  return kind === null && tag === null && result !== null;
}

/** Whether what ends here is a key. Behind a list or map without brackets it is the next line that begins. */
function isFollowedByColon({ input, position, result }: State): boolean {
  const isClosed = '"\'}]'.includes(input.charAt(position - 1));
  if (isCollection(result) && !isClosed) return false;
  return [colon, ...(isClosed ? [colonAtOnce] : [])].some((pattern) => {
    pattern.lastIndex = position;
    return pattern.test(input);
  });
}

function extentOf(value: unknown): Extent {
  return { size: typeof value === 'string' ? value.length + 1 : 1, depth: 0 };
}

function collectionOf(parts: readonly Part[], isList: boolean): Collection {
  const size = parts.reduce((sum, part) => sum + part.extent.size, 1);
  const depth = parts.reduce((deepest, part) => Math.max(deepest, part.extent.depth), 0) + 1;
  const entries = isList
    ? parts.map(({ line, value }, index) => ({ key: String(index), line, value }))
    : parts.flatMap(({ value }, index) => {
        const key = parts[index - 1];
        return key?.isKey ? [{ key: String(key.value), line: key.line, value }] : [];
      });
  return { size, depth, entries };
}
