const quote = 34;
const backslash = 92;

/** An object or a list that the walk is in, at its present key or item. */
interface Frame {
  readonly list: boolean;
  key: string;
  index: number;
  /** Whether the next thing is a key or an item. */
  begins: boolean;
}

/**
 * The line of the deepest existing part of a path in a valid JSON text: a single walk, done only
 * when a line is needed.
 */
export function lineInJson(text: string, path: readonly PropertyKey[]): number {
  const walk = new Walk(path.map(String));
  let line = 1;
  for (let position = 0; position < text.length; position++) {
    const char = text.charAt(position);
    if (char === '\n') line += 1;
    else if (char === '"') {
      const end = endOfText(text, position);
      walk.text(() => JSON.parse(text.slice(position, end + 1)) as string, line);
      position = end;
    } else if (!' \t\r:'.includes(char)) walk.sign(char, line);
  }
  return walk.found;
}

/** Walks a JSON text and keeps the lines on which the parts of a path begin. */
class Walk {
  readonly #path: readonly string[];
  readonly #frames: Frame[] = [];
  /** The lines of the document and of the path's parts, as far as they were found. */
  #lines: number[] = [];

  constructor(path: readonly string[]) {
    this.#path = path;
  }

  get found(): number {
    return this.#lines.at(-1) ?? 1;
  }

  /** A key, or a value that is a text. */
  text(read: () => string, line: number): void {
    const frame = this.#frames.at(-1);
    if (!frame?.begins) return;
    if (!frame.list) frame.key = read();
    this.#begin(frame, line);
  }

  sign(char: string, line: number): void {
    const frame = this.#frames.at(-1);
    if (char === '}' || char === ']') this.#frames.pop();
    else if (char === ',') this.#next(frame);
    else {
      if (frame?.begins) this.#begin(frame, line);
      if (char === '{' || char === '[') this.#open(char === '[', line);
    }
  }

  #open(list: boolean, line: number): void {
    if (this.#frames.length === 0) this.#lines = [line];
    this.#frames.push({ list, key: '', index: 0, begins: true });
  }

  #next(frame: Frame | undefined): void {
    if (!frame) return;
    frame.index += 1;
    frame.begins = true;
  }

  /** Of several equal keys the last one holds. */
  #begin(frame: Frame, line: number): void {
    frame.begins = false;
    const depth = this.#frames.length;
    const onTheWay = this.#frames.every(
      ({ list, key, index }, at) => (list ? String(index) : key) === this.#path[at],
    );
    if (onTheWay) this.#lines = [...this.#lines.slice(0, depth), line];
  }
}

function endOfText(text: string, start: number): number {
  let position = start + 1;
  while (text.charCodeAt(position) !== quote) position += text.charCodeAt(position) === backslash ? 2 : 1;
  return position;
}
