/** Bytes as text, or undefined when they are none: a NUL is in no text. */
export function textOf(bytes: Uint8Array): string | undefined {
  return bytes.subarray(0, 8192).includes(0) ? undefined : new TextDecoder().decode(bytes);
}
