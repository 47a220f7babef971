// A reader that asks for what no file has, and tells how much it got.
import { serveReader } from '../../../src/adapters/node/reader/serveReader.ts';

serveReader(
  async (file, question) => {
    const parts = [await file.read(-5, 3), await file.read(2, 1e15), await file.read(1e15, 4)];
    return {
      question,
      lengths: parts.map(({ length }) => length),
      variables: Object.keys(process.env).length,
    };
  },
  (error) => String(error),
);
