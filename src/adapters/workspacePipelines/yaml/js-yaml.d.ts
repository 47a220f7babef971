// The part of js-yaml that is used, which has no types of its own.

declare module 'js-yaml' {
  interface TypeOptions {
    readonly kind: 'scalar';
    /** Whether a text (null for none) is of this type. */
    readonly resolve?: (text: string | null) => boolean;
    readonly construct?: (text: string) => unknown;
  }
  class Type {
    constructor(tag: string, options: TypeOptions);
  }
  class Schema {
    extend(types: { readonly implicit: readonly Type[] }): Schema;
  }
  const FAILSAFE_SCHEMA: Schema;

  /** The parser, at the beginning or the end of a node. */
  interface State {
    readonly input: string;
    readonly position: number;
    /** Counts from 0. */
    readonly line: number;
    readonly tag: string | null;
    /** That of an alias is null. */
    readonly kind: 'scalar' | 'sequence' | 'mapping' | null;
    readonly result: unknown;
  }
  interface LoadOptions {
    readonly schema: Schema;
    /** Of several equal keys the last one holds. */
    readonly json: boolean;
    readonly maxDepth: number;
    readonly maxTotalMergeKeys: number;
    readonly listener: (event: 'open' | 'close', state: State) => void;
  }
  class YAMLException extends Error {
    readonly reason: string;
    readonly mark?: { readonly line: number };
  }
  function load(text: string): unknown;
  function loadAll(text: string, options: LoadOptions): readonly unknown[];
}
