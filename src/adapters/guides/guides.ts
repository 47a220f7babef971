import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { indexPages, type PageIndex } from '../../core/knowledge/searchPages.ts';
import { messageOf, MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { Guides } from '../../core/ports/guides.ts';

/** The Markdown pages of a folder, read and indexed at the first search. */
export function createGuides(folder: string): Guides {
  let index: Promise<PageIndex> | undefined;
  const opened = () => {
    index ??= readPages(folder).then(indexPages);
    // What hindered it may have passed by the next search.
    index.catch(() => (index = undefined));
    return index;
  };
  return {
    search: async (queries, most, signal) => {
      throwIfAborted(signal);
      const pages = await opened();
      throwIfAborted(signal);
      const found = pages.search(queries, most);
      const passages = found.passages.map((passage) => ({
        ...passage,
        file: path.join(folder, passage.path),
      }));
      return { ...found, pages: pages.pages, passages };
    },
  };
}

async function readPages(folder: string) {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).toSorted();
    return await Promise.all(
      names.map(async (name) => ({ path: name, text: await readFile(path.join(folder, name), 'utf8') })),
    );
  } catch (error) {
    throw new MlopsError('internal', 'The guides of the extension cannot be read:', {
      outside: messageOf(error),
      cause: error,
      hint: 'Install the extension again.',
    });
  }
}
