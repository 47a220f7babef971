declare const brand: unique symbol;

/** A string that was checked where it entered and may not be mixed up with another kind of id. */
export type Brand<Name extends string> = string & { readonly [brand]: Name };
