#!/usr/bin/env node
// Stands where the test runner expects the editor's executable: takes its arguments (--extensionDevelopmentPath=,
// --extensionTestsPath=, the folder), runs the tests in the real extension host of the browser workbench, and ends
// with their exit code.
//   MLOPS_HOST_VERSION   which editor (see EDITORS)       MLOPS_HOST_TRUST=1   with workspace trust on: the folder is restricted
//   MLOPS_HOST_SECONDS   how long at most (300)           MLOPS_HOST_VERBOSE=1 the workbench's own log too
import os from 'node:os';
import fs from 'node:fs';
import path from 'node:path';
import util from 'node:util';
import { startEditor } from '../../scripts/lib/editor.mjs';
import { ensureNode24 } from '../../scripts/node24.mjs';

const workbenchChatter =
  /^(\[(AgentHost|ChatModelSelection|AccountPolicyGate|reconnection-grace-time|Service Worker|RemoteAgentHost)|Creating a socket|Res(olving|olved) connection token|Updating additional|Canceled: |getaddrinfo|DialogService:|%c|Creation of workbench|Ignoring fetching|Timed out waiting for authentication|Canceled$)/;

await ensureNode24(import.meta.url);
const { launchBrowser, loopbackContext } = await import('./harness/browser.ts');
process.exitCode = await main(readArguments(process.argv.slice(2)));

async function main({ development, tests, folder }) {
  if (!tests || development.length === 0) {
    console.error(
      'hostRunner runs tests only: --extensionDevelopmentPath= and --extensionTestsPath= are needed.',
    );
    return 2;
  }
  // The browser workbench takes one extension under development; further ones are installed.
  const editor = await startEditor({
    version: process.env.MLOPS_HOST_VERSION,
    extraExtensions: development.slice(1),
    folder,
    trust: process.env.MLOPS_HOST_TRUST === '1',
    smokeTest: true,
    // The editor takes this environment, and asks no login shell for another, which may have another PATH.
    args: ['--force-disable-user-env'],
  });
  let browser;
  const stop = async () => {
    await browser?.close();
    await editor.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => stop().finally(() => process.exit(130)));
  try {
    browser = await launchBrowser();
    const page = await (await loopbackContext(browser)).newPage();
    return await runTests(page, editor, { development: development[0], tests });
  } finally {
    await stop();
  }
}

/** The workbench calls these two functions of the page in test runs. */
async function runTests(page, editor, { development, tests }) {
  const seconds = Number(process.env.MLOPS_HOST_SECONDS ?? 300);
  let end;
  const ended = new Promise((resolve) => (end = resolve));
  const giveUp = setTimeout(() => {
    console.error(`The tests did not end within ${seconds} s.`);
    end(124);
  }, seconds * 1000);
  await page.exposeFunction('codeAutomationLog', printLog);
  await page.exposeFunction('codeAutomationExit', (code) => end(code));
  page.on('crash', () => (console.error('The page crashed.'), end(1)));
  const remote = (file) => `vscode-remote://127.0.0.1:${editor.port}${path.resolve(file)}`;
  const payload = [
    ['extensionDevelopmentPath', remote(development)],
    ['extensionTestsPath', remote(tests)],
    ['skipWelcome', 'true'],
  ];
  const address = new URL(editor.address);
  address.searchParams.set('payload', JSON.stringify(payload));
  await page.goto(address.href);
  const code = await ended;
  clearTimeout(giveUp);
  return code;
}

/** What the extension host prints arrives as the arguments of a printf. */
function printLog(type, args) {
  const text = util.format(...args);
  if (workbenchChatter.test(text) && !process.env.MLOPS_HOST_VERBOSE) return;
  if (type === 'error') console.error(text);
  else console.log(text);
}

/** The rest of what the runner passes is for a desktop. */
function readArguments(args) {
  const values = (name) =>
    args.filter((arg) => arg.startsWith(`--${name}=`)).map((arg) => arg.slice(name.length + 3));
  const folder =
    args.find((arg) => !arg.startsWith('-')) ?? fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-host-'));
  return { development: values('extensionDevelopmentPath'), tests: values('extensionTestsPath')[0], folder };
}
