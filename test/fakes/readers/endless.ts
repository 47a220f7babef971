// A reader that never comes to an end, as a file may be made to cause.
import { serveReader } from '../../../src/adapters/node/reader/serveReader.ts';

serveReader(
  async () => {
    for (;;);
  },
  () => '',
);
