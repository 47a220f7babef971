import type { RangedFile } from '../../../core/ports/previewReaders.ts';

/** A file that is read in whole blocks, each once, so that many small reads of one place are few requests. */
export function inBlocks({ size, read }: RangedFile, block: number): RangedFile {
  const kept = new Map<number, Uint8Array>();
  const load = async (first: number, last: number) => {
    for (let at = first; at <= last; at += 1) {
      if (kept.has(at)) continue;
      let to = at;
      while (to < last && !kept.has(to + 1)) to += 1;
      const bytes = await read(at * block, (to - at + 1) * block);
      for (let index = at; index <= to; index += 1)
        kept.set(index, bytes.subarray((index - at) * block, (index - at + 1) * block));
      at = to;
    }
  };
  return {
    size,
    async read(offset, length) {
      const end = Math.min(offset + length, size);
      if (!(end > offset)) return new Uint8Array();
      const [first, last] = [Math.floor(offset / block), Math.floor((end - 1) / block)];
      await load(first, last);
      const all = new Uint8Array(end - offset);
      for (let index = first; index <= last; index += 1) {
        const start = index * block;
        const part = (kept.get(index) ?? new Uint8Array()).subarray(Math.max(0, offset - start), end - start);
        all.set(part, Math.max(0, start - offset));
      }
      return all;
    },
  };
}
