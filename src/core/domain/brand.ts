declare const brand: unique symbol;

/** A checked string that cannot be confused with another kind of id. */
export type Brand<Name extends string> = string & { readonly [brand]: Name };
