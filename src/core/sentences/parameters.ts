/**
 * Reads "max_depth 3, criterion=gini and features ["a", "b"]" into values by name. A value stays the text that was
 * written, without its quotes: what 1.10, 12345e7 or true is depends on the parameter's type, which decides later.
 */
export function readParameters(text: string): { readonly [name: string]: string } {
  const pairs: [string, string][] = [];
  for (const { separator, part } of splitOutside(text.trim())) {
    const groups = (setToNothing.exec(part.trim()) ?? named.exec(part.trim()))?.groups;
    const last = pairs.at(-1);
    if (groups !== undefined) pairs.push([unquote(groups['name'] ?? ''), groups['value'] ?? '']);
    else if (last !== undefined) last[1] += separator + part;
    else pairs.push([unquote(part.trim()), '']);
  }
  return Object.fromEntries(pairs.map(([name, value]) => swap(name, readValue(value))));
}

/** A name and its value. What follows a separator and is none belongs to the value before: "message hello, world". */
const named =
  /^(?:the )?(?<name>["'`]?[\w.-]+["'`]?)(?: (?:parameter )?(?:set to|equal to|to|of|as|is)\s+|\s*[=:]\s*|\s+)(?<value>.+)$/is;

/** "name=" sets an empty text. */
const setToNothing = /^(?:the )?(?<name>["'`]?[\w.-]+["'`]?)\s*[=:]$/i;

/** "200 trees" names the value first. */
function swap(name: string, value: string): readonly [string, string] {
  const isNumber = /^-?\d+(\.\d+)?$/.test(name);
  return isNumber && /^[A-Za-z_][\w-]*$/.test(value) ? [value, name] : [name, value];
}

/** A text in double quotes is read as JSON, which knows escapes; one that is none loses its quotes. */
function readValue(text: string): string {
  const trimmed = text.trim();
  if (!/^".*"$/s.test(trimmed)) return unquote(trimmed);
  try {
    const read: unknown = JSON.parse(trimmed);
    return typeof read === 'string' ? read : unquote(trimmed);
  } catch {
    return unquote(trimmed);
  }
}

function unquote(text: string): string {
  return /^(["'`]).*\1$/s.test(text) ? text.slice(1, -1) : text;
}

interface Part {
  /** What stands between it and the part before. */
  readonly separator: string;
  readonly part: string;
}

/** Splits at commas, semicolons and "and" that stand outside quotes and brackets. */
function splitOutside(text: string): readonly Part[] {
  const parts: Part[] = [];
  let [separator, part, rest] = ['', '', text];
  while (rest !== '') {
    const next = /^(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+|\s+(?=[\w.-]+=))/i.exec(rest)?.[0];
    const whole = next === undefined ? (closed(rest) ?? rest.slice(0, 1)) : '';
    if (next !== undefined) {
      parts.push({ separator, part });
      [separator, part] = [next, ''];
    }
    part += whole;
    rest = rest.slice((next ?? whole).length);
  }
  return [...parts, { separator, part }].filter((one) => one.part.trim() !== '');
}

const closing: { readonly [open: string]: string } = { '[': ']', '{': '}', '(': ')' };

/** The quoted or bracketed text at the beginning, whole; undefined when there is none or it never ends. */
function closed(text: string): string | undefined {
  const open = text.charAt(0);
  if (open === '"' || open === "'" || open === '`')
    return new RegExp(`^${open}(?:\\\\.|[^\\\\${open}])*${open}`, 's').exec(text)?.[0];
  const end = closing[open];
  if (end === undefined) return undefined;
  let at = 1;
  while (at < text.length && text.charAt(at) !== end) at += closed(text.slice(at))?.length ?? 1;
  return at < text.length ? text.slice(0, at + 1) : undefined;
}
