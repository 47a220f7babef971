/** One page of a list. `next` is opaque: pass it to get the following page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
  /** How many items the whole list has, where that is known. */
  readonly total?: number;
  /** What was left out and why, in words for people (a bound was reached, a file could not be read). */
  readonly cut?: string;
}

/** Which page of a list is wanted. `size` is a count of items, 1 to 200 where the list names no other bound. */
export interface PageQuery {
  readonly page?: string;
  readonly size?: number;
}
