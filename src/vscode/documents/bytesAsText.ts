/** Collects what a port gives in pieces; the port has bounded it. */
export async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}

/** Bytes as text, or undefined when they are none: a NUL is in no text. */
export function textOf(bytes: Uint8Array): string | undefined {
  return bytes.subarray(0, 8192).includes(0) ? undefined : new TextDecoder().decode(bytes);
}

/** The text after its first line break, so that a cut in mid-line or mid-character does not show. */
export function fromNextLine(text: string): string {
  const end = text.indexOf('\n');
  // A log may be one line of megabytes: then a broken first character is the lesser evil.
  return end < 0 || end > 10_000 ? text : text.slice(end + 1);
}
