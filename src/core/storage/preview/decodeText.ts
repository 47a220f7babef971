/** Bytes as text, with the name of their encoding. */
export interface Decoded {
  readonly text: string;
  readonly encoding: string;
}

/** Characters that texts do not have; an escape begins the colours of a terminal. */
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0006\u000e-\u001a\u001c-\u001f\u007f]/g;

/**
 * The beginning of a text: by its byte order mark, else UTF-8, else Windows-1252, which reads anything. Undefined for bytes
 * that are no text. A character that the end of the bytes cuts is left out.
 */
export function decodeText(bytes: Uint8Array): Decoded | undefined {
  const [first = 0, second = 0, third = 0] = bytes;
  if (first === 0xff && second === 0xfe) return read(bytes.subarray(2), 'utf-16le', 'UTF-16 LE');
  if (first === 0xfe && second === 0xff) return read(bytes.subarray(2), 'utf-16be', 'UTF-16 BE');
  if (first === 0xef && second === 0xbb && third === 0xbf) return utf8(bytes.subarray(3));
  return utf8(bytes) ?? read(bytes, 'windows-1252', 'Windows-1252');
}

function utf8(bytes: Uint8Array): Decoded | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return isText(text) ? { text, encoding: 'UTF-8' } : undefined;
  } catch {
    return undefined;
  }
}

function read(bytes: Uint8Array, label: string, encoding: string): Decoded | undefined {
  const text = new TextDecoder(label).decode(bytes, { stream: true });
  return isText(text) ? { text, encoding } : undefined;
}

function isText(text: string): boolean {
  if (text.includes('\u0000')) return false;
  return (text.match(control)?.length ?? 0) <= text.length / 100;
}

/** A text up to its last whole line, where `cut` says that its end is missing; a single line stays. */
export function wholeLines(text: string, cut: boolean): string {
  const end = text.lastIndexOf('\n');
  return cut && end > 0 ? text.slice(0, end + 1) : text;
}
