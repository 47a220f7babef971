/** From the process that asks to the one that reads. */
export type ToReader =
  | { readonly type: 'open'; readonly size: number; readonly question: unknown }
  | { readonly type: 'bytes'; readonly id: number; readonly bytes: Uint8Array };

/** From the process that reads. What it found was made of bytes from outside, and is decoded. */
export type FromReader =
  | { readonly type: 'read'; readonly id: number; readonly offset: number; readonly length: number }
  | { readonly type: 'found'; readonly found: unknown }
  | { readonly type: 'broken'; readonly reason: string };
