import MiniSearch from 'minisearch';
import type { DocumentPage } from '../../../src/core/knowledge/passage.ts';
import { indexPages } from '../../../src/core/knowledge/searchPages.ts';
import type { Design } from './measure.ts';

/** The designs that are held side by side: a well-kept library as it comes, and ours with one query and with several. */
export function designsOf(pages: readonly DocumentPage[]): readonly Design[] {
  const index = indexPages(pages);
  const ours = (queries: readonly string[]) => {
    const { passages, doubtful } = index.search(queries, 10);
    return { passages, declined: doubtful };
  };
  return [
    { name: 'minisearch, defaults', rephrased: false, search: miniSearch(index.passages) },
    { name: 'BM25F', rephrased: false, search: ours },
    { name: 'BM25F with rephrasings', rephrased: true, search: ours },
  ];
}

function miniSearch(passages: ReturnType<typeof indexPages>['passages']): Design['search'] {
  const library = new MiniSearch({ fields: ['title', 'headings', 'path', 'markdown'] });
  library.addAll(passages.map((passage, id) => ({ ...passage, id, headings: passage.headings.join(' ') })));
  return ([question = '']) => ({
    passages: library.search(question).flatMap(({ id }) => passages[id as number] ?? []),
  });
}
