/** An object of JSON. */
export type Struct = { readonly [name: string]: unknown };

export type Tags = { readonly [key: string]: string };
