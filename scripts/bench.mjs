// npm run bench: figures, each against a limit or a peer, from one run on this machine. Never part of npm test.
//   npm run bench -- [--only entry,activation,chat,panel,runs,soak,log,bug,kubeflow,stores] [--json] [--quick]
import os from 'node:os';
import { ensureDependencies, ensureNode24 } from './node24.mjs';

await ensureNode24(import.meta.url);
await main(process.argv.slice(2)).catch((error) => {
  console.error(error.stack);
  process.exitCode = 1;
});

async function main(args) {
  const { only, json, quick } = options(args);
  await ensureDependencies();
  const { line, met } = await import('../test/bench/figure.ts');
  const figures = [];
  for (const [name, measure] of Object.entries(benches(quick))) {
    if (only && !only.includes(name)) continue;
    const measured = await measure();
    figures.push(...measured);
    if (!json) for (const one of measured) console.log(line(one));
  }
  const machine = {
    system: `${os.platform()} ${os.release()}`,
    cores: os.availableParallelism(),
    load: os.loadavg().map((load) => Number(load.toFixed(1))),
  };
  if (json) {
    const rows = figures.map((one) => ({ ...one, met: met(one) }));
    console.log(JSON.stringify({ machine, figures: rows }, null, 2));
  } else {
    console.log(`on ${machine.system}, ${machine.cores} cores, load ${machine.load.join(' ')}`);
  }
}

/** Each gives figures; `quick` takes fewer samples, to see that all works. */
function benches(quick) {
  const several = (count) => (quick ? 2 : count);
  return {
    async entry() {
      const { extensionBuild } = await import('../test/bench/extensionBuild.ts');
      const { entryLoad } = await import('../test/bench/entryLoad.ts');
      return [await entryLoad(await extensionBuild('extension'), several(21))];
    },
    async activation() {
      const { extensionBuild } = await import('../test/bench/extensionBuild.ts');
      const { activation } = await import('../test/bench/host.ts');
      return activation(await extensionBuild('extension'), several(7));
    },
    async chat() {
      const { extensionBuild } = await import('../test/bench/extensionBuild.ts');
      const { chatToModel } = await import('../test/bench/host.ts');
      return chatToModel(
        await extensionBuild('instrumented', 'test/bench/instrumented/extension.ts'),
        several(5),
        6,
      );
    },
    async panel() {
      const { ensureBuilt } = await import('./lib/ensureBuilt.mjs');
      await ensureBuilt();
      const { panelFigures } = await import('../test/bench/panel.ts');
      return panelFigures(several(5));
    },
    async runs() {
      const { localRuns } = await import('../test/bench/localRuns.ts');
      return localRuns(several(9));
    },
    async soak() {
      const { soak } = await import('../test/bench/soak.ts');
      return soak(quick ? 20 : 200);
    },
    async log() {
      const { extensionBuild } = await import('../test/bench/extensionBuild.ts');
      const { followedLog } = await import('../test/bench/followedLog.ts');
      return followedLog(await extensionBuild('extension'), several(3));
    },
    async bug() {
      const { ensureBuilt } = await import('./lib/ensureBuilt.mjs');
      await ensureBuilt();
      const { firstBug } = await import('../test/bench/firstBug.ts');
      return firstBug(several(3));
    },
    async kubeflow() {
      const { kubeflow } = await import('../test/bench/kubeflow.ts');
      return kubeflow(several(5));
    },
    async stores() {
      const { stores } = await import('../test/bench/stores.ts');
      return stores(quick ? 1 : 5);
    },
  };
}

function options(args) {
  const known = Object.keys(benches(false));
  const at = args.indexOf('--only');
  const only = at < 0 ? undefined : (args[at + 1] ?? '').split(',');
  const rest = args.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
  const unknown =
    rest.find((arg) => !['--json', '--quick'].includes(arg)) ?? only?.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`npm run bench knows --json, --quick and --only ${known.join(',')}, not "${unknown}".`);
  return { only, json: rest.includes('--json'), quick: rest.includes('--quick') };
}
