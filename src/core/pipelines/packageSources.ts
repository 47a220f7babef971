import type { PackageSource } from '../domain/pipeline.ts';
import { named, type Phrase } from '../domain/question.ts';

const words: { readonly [kind in PackageSource['kind']]: string } = {
  index: 'the index',
  extraIndex: 'the further index',
  findLinks: 'the links at',
  trustedHost: 'unchecked certificates of',
  proxy: 'the proxy',
  certificate: 'the certificate',
  other: 'the address',
};

/** The words before a source's value: "the index", "the proxy". */
export function sourceWords({ kind }: PackageSource): string {
  return words[kind];
}

/** "the index https://a.example/simple, the proxy p.example:3128": where packages come from, in plain text. */
export function sourcesText(sources: readonly PackageSource[]): string {
  return sources.map((source) => `${sourceWords(source)} ${source.value}`).join(', ');
}

const inSentence: { readonly [kind in PackageSource['kind']]: string } = {
  index: 'from ',
  extraIndex: 'also from ',
  findLinks: 'from the links in ',
  trustedHost: 'without checking who answers as ',
  proxy: 'through the proxy ',
  certificate: 'with the certificate ',
  other: 'with ',
};

/** "Packages come from https://a, also from https://b, through the proxy http://c.", as a question says it. */
export function sourcesPhrase(sources: readonly PackageSource[]): Phrase {
  const kinds = Object.keys(inSentence) as readonly PackageSource['kind'][];
  const groups = kinds.flatMap((kind) => {
    const values = sources.filter((source) => source.kind === kind).map(({ value }) => named(value));
    return values.length === 0 ? [] : [[inSentence[kind], { series: values }] as const];
  });
  return ['Packages come ', ...groups.flatMap((group, index) => [index === 0 ? '' : ', ', ...group]), '.'];
}
