/** One value of a JSON text with the place where it begins; fields keep their order and may repeat. */
export type JsonNode = { readonly at: number } & (
  | { readonly kind: 'object'; readonly fields: readonly JsonField[] }
  | { readonly kind: 'list'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'plain'; readonly value: string | number | boolean | null; readonly token: string }
);

export interface JsonField {
  readonly name: string;
  readonly at: number;
  readonly value: JsonNode;
}

/** A text that is no JSON, in the words of the server's decoder. */
export class JsonProblem extends Error {}

/** Reads the first JSON value of a text; what follows it is ignored, as the server does. */
export function readNodes(text: string): JsonNode {
  return new Reader(text).value();
}

/** "1:18": the line and column of an offset, as the server counts them. */
export function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** The value without its places. */
export function plainOf(node: JsonNode): unknown {
  if (node.kind === 'plain') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  return Object.fromEntries(node.fields.map(({ name, value }) => [name, plainOf(value)]));
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): JsonNode {
    this.#space();
    const at = this.#at;
    const next = this.#text[at];
    if (next === undefined) throw new JsonProblem('unexpected EOF');
    if (next === '{') return this.#object(at);
    if (next === '[') return this.#list(at);
    return this.#plain(at);
  }

  #object(at: number): JsonNode {
    const fields: JsonField[] = [];
    this.#at += 1;
    while (!this.#ends('}')) {
      const key = this.value();
      if (key.kind !== 'plain' || typeof key.value !== 'string') throw this.#unexpected(key.at);
      this.#take(':');
      fields.push({ name: key.value, at: key.at, value: this.value() });
      if (!this.#more('}')) break;
    }
    return { kind: 'object', at, fields };
  }

  #list(at: number): JsonNode {
    const items: JsonNode[] = [];
    this.#at += 1;
    while (!this.#ends(']')) {
      items.push(this.value());
      if (!this.#more(']')) break;
    }
    return { kind: 'list', at, items };
  }

  #plain(at: number): JsonNode {
    const rest = this.#text.slice(at);
    const token = (rest.startsWith('"') ? stringToken(rest) : /^[-+.\w]+/.exec(rest)?.[0]) ?? '';
    if (token === '') {
      if (rest.startsWith('"')) throw new JsonProblem('unexpected EOF');
      throw this.#unexpected(at);
    }
    this.#at = at + token.length;
    try {
      return { kind: 'plain', at, token, value: JSON.parse(token) as string | number | boolean | null };
    } catch {
      throw new JsonProblem(`syntax error (line ${placeOf(this.#text, at)}): invalid value ${token}`);
    }
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #ends(end: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== end) return false;
    this.#at += 1;
    return true;
  }

  #take(wanted: string): void {
    this.#space();
    if (this.#text[this.#at] !== wanted) throw this.#unexpected(this.#at);
    this.#at += 1;
  }

  /** True after a comma; false after the end. */
  #more(end: string): boolean {
    if (this.#ends(end)) return false;
    this.#take(',');
    return true;
  }

  #unexpected(at: number): JsonProblem {
    const token = this.#text[at];
    if (token === undefined) return new JsonProblem('unexpected EOF');
    return new JsonProblem(`syntax error (line ${placeOf(this.#text, at)}): unexpected token ${token}`);
  }
}

/** The quoted text at the start, with its quotes; found without a pattern, since it may be megabytes long. */
function stringToken(text: string): string | undefined {
  for (let at = 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return text.slice(0, at + 1);
  }
  return undefined;
}
