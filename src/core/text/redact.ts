import { secretMark } from './secretNames.ts';
import { hideShapes } from './secretShapes.ts';
import { writtenForms, type NamedValues, secretValues } from './secretValues.ts';

/** Returns a text without secrets. Lines are kept, and redacting twice changes nothing more. */
export type Redact = (text: string) => string;

const hide = () => secretMark;

/** A text without secrets of known shapes: logins in addresses, headers, flags, assignments, tokens, private keys. */
export const redact: Redact = (text) =>
  hideShapes(text.includes('PRIVATE KEY') ? withoutKeys(text) : text, hide);

const made = new WeakMap<NamedValues, Redact>();

/** Hides secrets of known shapes and the secret values of a run. */
export function redactor(run?: { readonly parameters: NamedValues }): Redact {
  if (run === undefined) return redact;
  const known = made.get(run.parameters) ?? hiding(secretValues(run.parameters));
  made.set(run.parameters, known);
  return known;
}

/** The same for a growing text: one that ends within a secret, whose rest is still missing, is cut before it. */
export function growingRedactor(run: { readonly parameters: NamedValues }): Redact {
  const hideAll = redactor(run);
  const values = secretValues(run.parameters);
  return (text) => hideAll(withoutBegun(text, values));
}

/** A redactor for these values and for secrets of known shapes. */
export function hiding(values: readonly string[]): Redact {
  if (values.length === 0) return redact;
  const forms = [...new Set(values.flatMap(writtenForms))].toSorted((a, b) => b.length - a.length);
  const any = new RegExp(forms.map(escaped).join('|'), 'g');
  return (text) => redact(forms.some((form) => text.includes(form)) ? text.replace(any, hide) : text);
}

function withoutBegun(text: string, values: readonly string[]): string {
  if (text.endsWith('\n')) return text;
  for (const value of values) {
    for (let length = value.length - 1; length >= 4; length -= 1)
      if (text.endsWith(value.slice(0, length))) return text.slice(0, -length) + secretMark;
  }
  return text;
}

function withoutKeys(text: string): string {
  const lines = text.split('\n');
  const keys = keyLines(lines);
  return lines.map((line, index) => (keys.has(index) ? secretMark : line)).join('\n');
}

const keyBegins = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----/;
const keyEnds = /-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----/;
const keyBody =
  /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/=]{20,}["'\\,;]{0,4}\s{0,4}$|^\s{0,40}[A-Za-z0-9+/=]{1,80}\s{0,4}$|^(Proc-Type|DEK-Info|Version|Comment): |^\s{0,40}$/;
const mostKeyLines = 200;

/** Which lines belong to private keys of several lines; the first and last line of a key are kept. */
export function keyLines(lines: readonly string[]): ReadonlySet<number> {
  const keys = new Set<number>();
  lines.forEach((line, index) => {
    if (!line.includes('PRIVATE KEY')) return;
    if (keyBegins.test(line) && !keyEnds.test(line)) mark(lines, index, 1, keys);
    if (keyEnds.test(line) && !keyBegins.test(line)) mark(lines, index, -1, keys);
  });
  return keys;
}

function mark(lines: readonly string[], from: number, step: 1 | -1, keys: Set<number>): void {
  for (
    let index = from + step;
    index >= 0 && index < lines.length && Math.abs(index - from) <= mostKeyLines;
    index += step
  ) {
    if (keys.has(index) || !keyBody.test(lines[index] ?? '')) return;
    if (lines[index]?.trim() !== '') keys.add(index);
  }
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
