/** So many bytes count as a token. */
export const bytesPerToken = 3;

/**
 * Counts tokens on the safe side, without asking the model. Asking costs a round trip for each part of the prompt, which
 * people would feel before every answer.
 */
export const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text) / bytesPerToken);
