// A reader that fills the memory, as a file may be made to cause.
import { serveReader } from '../../../src/adapters/node/reader/serveReader.ts';

serveReader(
  async () => {
    const kept: number[][] = [];
    for (;;) kept.push(Array.from({ length: 1_000_000 }, (_, index) => index + 0.5));
  },
  () => '',
);
