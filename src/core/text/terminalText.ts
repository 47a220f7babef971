/** All bytes as UTF-8 text; what is not UTF-8 becomes the replacement character, other control characters a dot. */
export async function printedText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of bytes) text += decoder.decode(part, { stream: true });
  return printable(text + decoder.decode());
}

const escape = String.fromCodePoint(0x1b);
const bell = String.fromCodePoint(0x07);
const csi = String.fromCodePoint(0x9b);
/** Control sequences (colours, cursor), operating system commands (titles, links) and the short escapes of ECMA-48. */
const escapeSequences = new RegExp(
  [
    `(?:${escape}\\[|${csi})[0-?]*[ -/]*[@-~]`,
    `${escape}\\][^${bell}${escape}\\n]*(?:${bell}|${escape}\\\\)`,
    `${escape}[ -/]*[0-~]`,
  ].join('|'),
  'g',
);

/** Removes escape sequences and replaces other control characters by dots. */
function printable(text: string): string {
  return text.replace(escapeSequences, '').replace(/[^\P{Cc}\t\n\r]/gu, '·');
}

/** A log as a terminal would show it: text that a progress bar overwrote is removed, so that lines end only at line breaks. */
export function asOnTerminal(text: string): string {
  const shown = printable(text);
  return shown.includes('\r') ? shown.split('\n').map(lastWritten).join('\n') : shown;
}

function lastWritten(line: string): string {
  const written = line.replace(/\r+$/, '');
  return written.slice(written.lastIndexOf('\r') + 1);
}
