/** The text of a file, or a best guess where its encoding is unknown. */
export type DecodedText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly guess: string };

const encodings = [
  { encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
] as const;

/**
 * Decodes what PyYAML decodes: UTF-8, and UTF-16 with a byte order mark, which is left out. A file that is not
 * UTF-8 is taken for the most common code page of Windows.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const marked = encodings.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))?.encoding;
  const text =
    decodedAs(marked ?? 'utf-8', bytes) ??
    (marked === undefined ? decodedAs('windows-1252', bytes) : undefined);
  // No text holds a NUL: the encoding must be another one.
  if (text === undefined || text.includes('\0')) return { ok: false, guess: guessText(bytes) };
  return { ok: true, text };
}

/** The Latin letters of a text in any encoding, to see what it is about. */
export function guessText(bytes: Uint8Array): string {
  return new TextDecoder('windows-1252')
    .decode(bytes)
    .replaceAll('\0', '')
    .replace(/^(?:\u00ff\u00fe|\u00fe\u00ff|\u00ef\u00bb\u00bf)/, '');
}

function decodedAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
