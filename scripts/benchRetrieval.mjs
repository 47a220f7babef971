// npm run bench:retrieval [-- --corpus DIR --questions FILE.jsonl]: how well questions are answered from Markdown pages, design beside
// design; without a corpus from the guides that ship.
import path from 'node:path';
import { ensureDependencies, ensureNode24, root } from './node24.mjs';
import { parseArgs } from 'node:util';

await ensureNode24(import.meta.url);
await main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

async function main() {
  const { values } = parseArgs({ options: { corpus: { type: 'string' }, questions: { type: 'string' } } });
  if ((values.corpus === undefined) !== (values.questions === undefined))
    throw new Error('A corpus wants its questions: --corpus DIR --questions FILE.jsonl');
  await ensureDependencies();
  const { retrieval, tableOf } = await import('../test/bench/retrieval/retrieval.ts');
  const corpus = path.resolve(values.corpus ?? path.join(root, 'resources', 'docs'));
  const questions = path.resolve(values.questions ?? path.join(root, 'test', 'knowledge', 'guides.jsonl'));
  console.log(tableOf(await retrieval(corpus, questions)));
}
