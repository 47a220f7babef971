import type { Row } from './row.ts';

/** A row that a view should reveal. */
export interface RowToReveal {
  readonly id: string;
  readonly select: boolean;
}

/** Chooses the row that a view reveals: the requested one, else a new one with `revealOnce`. */
export class RevealRequests {
  readonly #seen = new Set<string>();
  #requested: string | undefined;

  /** Requests a row, which need not be there yet. A later request replaces an earlier one. */
  request(id: string): void {
    this.#requested = id;
  }

  /** The row to reveal now. Each is given once, so that a person can close it again. */
  next(rows: readonly Row[]): RowToReveal | undefined {
    const fresh = rows.filter((row) => row.revealOnce === true && !this.#seen.has(row.id));
    for (const { id } of fresh) this.#seen.add(id);
    const asked = rows.find(({ id }) => id === this.#requested);
    if (asked !== undefined) this.#requested = undefined;
    const row = asked ?? fresh[0];
    return row === undefined ? undefined : { id: row.id, select: asked !== undefined };
  }
}
