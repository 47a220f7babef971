import type { PackageSource } from '../domain/pipeline.ts';

const words: { readonly [kind in PackageSource['kind']]: string } = {
  index: 'the index',
  extraIndex: 'the further index',
  findLinks: 'the links at',
  trustedHost: 'unchecked certificates of',
  proxy: 'the proxy',
  certificate: 'the certificate',
  other: 'the address',
};

/** What a source is, to stand before its value: "the index", "the proxy". */
export function sourceWords({ kind }: PackageSource): string {
  return words[kind];
}

/** "the index https://a.example/simple, the proxy p.example:3128": where packages come from, in plain text. */
export function sourcesText(sources: readonly PackageSource[]): string {
  return sources.map((source) => `${sourceWords(source)} ${source.value}`).join(', ');
}
