/** All bytes as UTF-8 text; what is not UTF-8 becomes the replacement character, other control characters a dot. */
export async function decodeText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of bytes) text += decoder.decode(part, { stream: true });
  return printable(text + decoder.decode());
}

/** Takes out terminal colours and control characters, which would only disturb people and models. */
function printable(text: string): string {
  // eslint is right that control characters in patterns are rare: here they are what is looked for.
  return text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '·');
}
