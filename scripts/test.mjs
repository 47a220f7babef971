// npm test: everything. Fetches what it needs; a line for each stage and for each test that failed, then what the failed
// stages printed; the last line is the sum of all tests.
//   npm test -- --only check,ui      some of the stages
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt } from './lib/ensureBuilt.mjs';
import { leftoverProcesses } from './lib/leftovers.mjs';
import { runCommand } from './lib/runCommand.mjs';
import { testStages } from './lib/testStages.mjs';
import { ensureDependencies, ensureNode24 } from './node24.mjs';

const SIDE_BY_SIDE = 2;

await ensureNode24(import.meta.url);
await main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

async function main(args) {
  const stages = chosen(args);
  await prepare();
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-test-'));
  // What a test forgets to place somewhere ends up here, is found here, and is removed with it.
  const env = { ...process.env, TMPDIR: scratch, MLOPS_HOME: path.join(scratch, 'home') };
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const printed = [];
  const add = (name, result) => {
    if (isFailed(result)) printed.push(`\n--- ${name}\n${result.output.trimEnd()}`);
    sum.passed += result.passed;
    sum.failed += Math.max(result.failed, result.code === 0 ? 0 : 1);
    sum.skipped += result.skipped;
  };
  const editors = fetchEditors(stages);
  const cluster = buildCluster(stages);
  const store = cluster.then(() => buildStore(stages));
  await runStages(stages, async (stage) => {
    if (stage.editor) await editors;
    if (stage.cluster) await cluster;
    if (stage.store) await store;
    add(stage.name, await timed(stage.name, () => stage.run(env)));
  });
  const left = await timed('leftovers', () => checkLeftovers([scratch]));
  add('leftovers', left);
  fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  for (const text of printed) console.log(text);
  console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  process.exitCode = sum.failed > 0 ? 1 : 0;
}

function chosen(args) {
  const all = testStages();
  if (args.length === 0) return all;
  const names = args[0] === '--only' && args.length === 2 ? args[1].split(',') : undefined;
  const stages = all.filter(({ name }) =>
    names?.some((wanted) => name === wanted || name.startsWith(`${wanted}-`)),
  );
  if (stages.length > 0) return stages;
  throw new Error(
    `npm test -- --only STAGE[,STAGE]; the stages are ${all.map(({ name }) => name).join(', ')}.`,
  );
}

async function prepare() {
  const began = performance.now();
  await ensureDependencies();
  await ensureBuilt().catch((error) => console.log(error.message)); // the stages say the rest
  console.log(line('ok', began, 'packages and build'));
}

/** Beside the first stages; nothing where no stage needs it. */
async function fetchEditors(stages) {
  if (!stages.some(({ editor }) => editor)) return;
  const began = performance.now();
  const { code, output } = await runCommand(process.execPath, [
    path.join(import.meta.dirname, 'lib', 'fetchEditors.mjs'),
  ]);
  console.log(line(code === 0 ? 'ok' : 'FAILED', began, 'browser and editors'));
  if (code !== 0) console.log(output.trimEnd());
}

/** Beside the first stages, which go first; the stage itself says what it lacks. */
async function buildCluster(stages) {
  if (!stages.some(({ cluster }) => cluster)) return;
  const { cannotBuild, ensurePrograms } = await import('../test/servers/kubernetes/programs.ts');
  if ((await cannotBuild()) !== undefined) return;
  const began = performance.now();
  const failure = await ensurePrograms().then(
    () => undefined,
    (error) => error,
  );
  console.log(line(failure ? 'FAILED' : 'ok', began, 'Kubernetes API server, etcd and kwok'));
  if (failure) console.log(failure.message);
}

/** The same for the object store. */
async function buildStore(stages) {
  if (!stages.some(({ store }) => store)) return;
  const { cannotBuild, ensureVersitygw } = await import('../test/servers/s3/versitygw.ts');
  if ((await cannotBuild()) !== undefined) return;
  const began = performance.now();
  const failure = await ensureVersitygw().then(
    () => undefined,
    (error) => error,
  );
  console.log(line(failure ? 'FAILED' : 'ok', began, 'object store'));
  if (failure) console.log(failure.message);
}

/** Two at a time in their order; one that is `alone` waits for those before it and is waited for. */
async function runStages(stages, run) {
  const running = new Set();
  for (const stage of stages) {
    while (running.size >= (stage.alone ? 1 : SIDE_BY_SIDE)) await Promise.race(running);
    const going = run(stage).finally(() => running.delete(going));
    running.add(going);
    if (stage.alone) await going;
  }
  await Promise.all(running);
}

async function timed(name, run) {
  const began = performance.now();
  const result = await run().catch((error) => ({
    code: 1,
    output: error.stack,
    passed: 0,
    failed: 1,
    skipped: 0,
  }));
  const none = result.passed + result.failed + result.skipped === 0;
  if (none) Object.assign(result, { code: 1, output: `${result.output}\nThe stage ran no test.` });
  const ok = !isFailed(result);
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
  console.log(
    line(ok ? 'ok' : 'FAILED', began, `${name}: ${result.passed} passed, ${result.failed} failed${skipped}`),
  );
  for (const failure of result.failures ?? []) console.log(`         ${failure}`);
  return result;
}

function isFailed({ code, failed }) {
  return code !== 0 || failed > 0;
}

async function checkLeftovers(folders) {
  const left = await leftoverProcesses(folders);
  return {
    code: left.length,
    output: left.join('\n'),
    passed: left.length === 0 ? 1 : 0,
    failed: left.length,
    skipped: 0,
  };
}

function line(word, began, text) {
  return `${word.padEnd(6)} ${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`;
}
