import type { Json } from '../../domain/json.ts';

/**
 * Reads "max_depth 3, criterion=gini and features ["a", "b"]" into values by name. A value is JSON where it is valid
 * JSON (true and false in any case), else text.
 */
export function readParameters(text: string): { readonly [name: string]: Json } {
  const pairs = splitOutside(text.trim())
    .map(
      (part) =>
        /^(?:the )?(?<name>["'`]?[\w.-]+["'`]?)(?: (?:parameter )?(?:set to|equal to|to|of|as|is)\s+|\s*[=:]\s*|\s+)(?<value>.+)$/is.exec(
          part.trim(),
        )?.groups,
    )
    .flatMap((groups) =>
      groups === undefined
        ? []
        : [[unquote(groups['name'] ?? ''), readValue(groups['value'] ?? '')] as const],
    );
  return Object.fromEntries(pairs.map(([name, value]) => swap(name, value)));
}

/** "200 trees" names the value first. */
function swap(name: string, value: Json): readonly [string, Json] {
  const isNumber = /^-?\d+(\.\d+)?$/.test(name);
  return isNumber && typeof value === 'string' && /^[A-Za-z_][\w-]*$/.test(value)
    ? [value, Number(name)]
    : [name, value];
}

function readValue(text: string): Json {
  const trimmed = text.trim();
  if (/^(?:true|false|null)$/i.test(trimmed)) return JSON.parse(trimmed.toLowerCase());
  try {
    return JSON.parse(trimmed);
  } catch {
    return unquote(trimmed);
  }
}

function unquote(text: string): string {
  return /^(["'`]).*\1$/s.test(text) ? text.slice(1, -1) : text;
}

/** Splits at commas, semicolons and "and" that stand outside quotes and brackets. */
function splitOutside(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let rest = text;
  while (rest !== '') {
    const separator = /^(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+|\s+(?=[\w.-]+=))/i.exec(rest)?.[0];
    const whole = separator === undefined ? (closed(rest) ?? rest.slice(0, 1)) : '';
    if (separator !== undefined) {
      parts.push(part);
      part = '';
    }
    part += whole;
    rest = rest.slice((separator ?? whole).length);
  }
  return [...parts, part].filter((one) => one.trim() !== '');
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
