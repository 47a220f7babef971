// npm run say: a person's turns in the real chat of the real editor, printed as a transcript.
import { ensureBuilt } from './lib/ensureBuilt.mjs';
import { startDemos } from './lib/demos.mjs';
import { readSayRequest } from './lib/sayArguments.mjs';
import { ensureDependencies, ensureNode24 } from './node24.mjs';

const request = readSayRequest(process.argv.slice(2));
await ensureNode24(import.meta.url);
await main(request).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

/** @param {ReturnType<typeof readSayRequest>} request */
async function main({ json, kubeflow, s3, ...asked }) {
  await ensureDependencies();
  await ensureBuilt();
  const { runConversation } = await import('../test/editor/say/runConversation.ts');
  const { printTurn } = await import('../test/editor/say/printTurn.ts');
  const turns = [];
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => interrupted.abort());
  const onTurn = (turn) => {
    turns.push(turn);
    if (!json) console.log(printTurn(turn));
  };
  const demos = await startDemos({ kubeflow, s3 });
  const settings = demos ? { ...demos.settings, ...asked.settings } : asked.settings;
  try {
    const stopped = await runConversation({ ...asked, settings, onTurn }, interrupted.signal);
    if (stopped) console.error('Stopped at a confirmation: --allow allows, --skip skips.');
    if (stopped) process.exitCode = 3;
  } catch (error) {
    if (interrupted.signal.aborted) process.exitCode = 130;
    else throw error;
  } finally {
    await demos?.stop();
    if (json) console.log(JSON.stringify({ turns }, null, 2));
  }
}
