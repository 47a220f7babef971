/**
 * What an error says.
 * @param {unknown} error whatever was thrown
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
