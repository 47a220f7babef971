import type { Row } from './row.ts';

/** A row to bring into sight. */
export interface InSight {
  readonly id: string;
  readonly select: boolean;
}

/** Chooses the row that a view brings into sight: the one that was asked for, else one that is worth seeing and new. */
export class Sight {
  readonly #seen = new Set<string>();
  #asked: string | undefined;

  /** Asks for a row, which need not be there yet; the last one asked for counts. */
  ask(id: string): void {
    this.#asked = id;
  }

  /** The row of these to bring into sight now. Each is given once: whoever closes it then has it closed. */
  next(rows: readonly Row[]): InSight | undefined {
    const fresh = rows.filter((row) => row.shows === true && !this.#seen.has(row.id));
    for (const { id } of fresh) this.#seen.add(id);
    const asked = rows.find(({ id }) => id === this.#asked);
    if (asked !== undefined) this.#asked = undefined;
    const row = asked ?? fresh[0];
    return row === undefined ? undefined : { id: row.id, select: asked !== undefined };
  }
}
