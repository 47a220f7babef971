/**
 * A hash of bytes that come in parts, 64 bits long: equal content has an equal hash, and different content practically never. It is no
 * protection against content that was made to have the same hash.
 */
export class ContentHash {
  #a = 0x811c9dc5;
  #b = 0x1b873593;

  /** Adds the next bytes. */
  add(bytes: Uint8Array): void {
    let [a, b] = [this.#a, this.#b];
    for (const byte of bytes) {
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ byte ^ (a >>> 15), 0x85ebca6b);
    }
    [this.#a, this.#b] = [a, b];
  }

  /** The hash of what was added so far, as hexadecimal digits. */
  get digits(): string {
    return [this.#a, this.#b].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
