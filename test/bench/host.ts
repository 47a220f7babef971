import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEditor } from '../../scripts/lib/editor.mjs';
import { root } from '../../scripts/node24.mjs';
import { launchBrowser, loopbackContext } from '../editor/harness/browser.ts';
import { type Figure, figure, median } from './figure.ts';

const hostMs = 120_000;

/** What the driver measured in one extension host. */
interface Measured {
  readonly activation: { readonly ours: Activation; readonly driver: Activation };
  readonly chat: readonly Turn[];
}

/** Milliseconds that the editor took down for an extension. */
interface Activation {
  readonly load: number;
  readonly call: number;
  readonly finish: number;
}

/** Milliseconds of one turn from the entry of @mlops to its request, and to the model being asked. */
interface Turn {
  readonly ours: number;
  readonly whole: number;
}

/**
 * Activation as the editor itself takes it down, each time in a fresh extension host: as people have it, and without
 * the editor's own extensions, whose work at the same moment counts into everybody's time.
 */
export async function activation(extension: string, hosts: number): Promise<readonly Figure[]> {
  const together = await inFreshHosts(extension, { hosts, turns: 0 });
  const alone = await inFreshHosts(extension, { hosts, turns: 0, builtIns: false });
  return [
    ...activationFigures('activation in the real host, loading included', together),
    ...activationFigures("activation without the editor's own extensions", alone),
  ];
}

function activationFigures(what: string, measured: readonly Measured[]): readonly Figure[] {
  const ours = measured.map((host) => host.activation.ours);
  const driver = measured.map((host) => host.activation.driver);
  return [
    figure(
      what,
      'ms',
      ours.map(({ load, call, finish }) => load + call + finish),
      { limit: 30 },
    ),
    figure(
      '  of it activate()',
      'ms',
      ours.map(({ call, finish }) => call + finish),
    ),
    figure(
      '  of it loading',
      'ms',
      ours.map(({ load }) => load),
      { peer: 'an almost empty extension', median: median(driver.map(({ load }) => load)) },
    ),
  ];
}

/** From the entry of @mlops to MLOps Basics being asked: the first turn of each fresh host, and those after it. */
export async function chatToModel(
  instrumented: string,
  hosts: number,
  turns: number,
): Promise<readonly Figure[]> {
  const measured = await inFreshHosts(instrumented, { hosts, turns });
  const first = measured.flatMap(({ chat }) => chat.slice(0, 1));
  const warm = measured.flatMap(({ chat }) => chat.slice(1));
  const both = (what: string, those: readonly Turn[]) => [
    figure(
      what,
      'ms',
      those.map(({ ours }) => ours),
      { limit: 20 },
    ),
    figure(
      "  with the editor's way from there to the model",
      'ms',
      those.map(({ whole }) => whole),
      { limit: 20 },
    ),
  ];
  return [
    ...both('chat handler to first model request', warm),
    ...both('  in the very first turn of a host', first),
  ];
}

interface Hosts {
  readonly hosts: number;
  /** Turns in the chat of each host. */
  readonly turns: number;
  /** False: without the extensions that the editor brings. */
  readonly builtIns?: boolean;
}

/** Opens the window anew for each host: the editor starts an extension host for each. */
async function inFreshHosts(
  extension: string,
  { hosts, turns, builtIns = true }: Hosts,
): Promise<readonly Measured[]> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-bench-host-'));
  const workspace = path.join(scratch, 'workspace');
  fs.cpSync(path.join(root, 'resources', 'samples'), workspace, { recursive: true });
  const file = path.join(scratch, 'measured.json');
  const noExtensions = path.join(scratch, 'none');
  fs.mkdirSync(noExtensions);
  const server = await startEditor({
    extensionPath: extension,
    extraExtensions: [path.join(root, 'test', 'bench', 'driver')],
    folder: workspace,
    args: builtIns ? [] : ['--builtin-extensions-dir', noExtensions],
    env: {
      MLOPS_HOME: path.join(scratch, 'home'),
      MLOPS_BENCH_FILE: file,
      MLOPS_BENCH_TURNS: String(turns),
    },
  });
  const browser = await launchBrowser();
  try {
    const page = await (await loopbackContext(browser)).newPage();
    const measured: Measured[] = [];
    for (let host = 0; host < hosts; host += 1) {
      await page.goto(server.address);
      measured.push(await resultIn(file));
      await page.goto('about:blank');
    }
    return measured;
  } finally {
    await browser.close();
    await server.stop();
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function resultIn(file: string): Promise<Measured> {
  for (const deadline = Date.now() + hostMs; Date.now() < deadline; await pause(50)) {
    if (!fs.existsSync(file)) continue;
    const result = JSON.parse(fs.readFileSync(file, 'utf8')) as Measured | { readonly error: string };
    fs.rmSync(file);
    if ('error' in result) throw new Error(`In the extension host: ${result.error}`);
    return result;
  }
  throw new Error('The extension host gave no figures.');
}
