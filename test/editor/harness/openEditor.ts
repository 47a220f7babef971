import path from 'node:path';
import type { Browser } from 'playwright-core';
import { type Editor, type EditorOptions, startEditor } from '../../../scripts/lib/editor.mjs';
import { root } from '../../../scripts/node24.mjs';
import { launchBrowser, loopbackContext } from './browser.ts';
import { Workbench } from './workbench.ts';

const patienceMs = 40_000;

export interface OpenEditorOptions extends EditorOptions {
  /** Where pictures go; `test-results/shots` when not given. */
  readonly shotsDir?: string;
  readonly size?: { readonly width: number; readonly height: number };
}

export interface OpenEditor {
  readonly server: Editor;
  readonly workbench: Workbench;
  /** Opens one more window on the same folder: it has an extension host of its own. */
  anotherWindow: () => Promise<Workbench>;
  close: () => Promise<void>;
}

/**
 * Answers show all their steps, the window takes its theme from the browser's preference, and no hint or tip comes above
 * the chat's input: it would draw the input anew under whoever uses it.
 */
const harnessSettings = {
  'window.autoDetectColorScheme': true,
  'git.openRepositoryInParentFolders': 'never',
  'chat.agent.collapseCompletedResponses': false,
  'chat.agent.thinking.collapsedTools': 'off',
  'chat.byokUtilityModelDefault': 'mainAgent',
  'chat.tips.enabled': false,
};

/** The editor takes this environment, and asks no login shell for another, which may have another Python. */
const harnessArguments = ['--force-disable-user-env'];

/** `npm run shots` has its own folder for pictures. */
function shotsFolder(): string {
  return process.env['MLOPS_SHOTS_DIR'] ?? path.join(root, 'test-results', 'shots');
}

/** Starts an editor with this extension and a browser, and opens the window. */
export async function openEditor(options: OpenEditorOptions): Promise<OpenEditor> {
  const server = await startEditor({
    extensionPath: root,
    ...options,
    settings: { ...harnessSettings, ...options.settings },
    args: [...harnessArguments, ...(options.args ?? [])],
  });
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await server.stop();
  };
  try {
    browser = await launchBrowser();
    const context = await loopbackContext(browser, options.size);
    const shotsDir = options.shotsDir ?? shotsFolder();
    const anotherWindow = async () => {
      const page = await context.newPage();
      page.setDefaultTimeout(patienceMs);
      const window = new Workbench({ page, address: server.address, dataDir: server.dataDir, shotsDir });
      await window.open();
      return window;
    };
    return { server, workbench: await anotherWindow(), anotherWindow, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens an editor for the time of `use`; when that fails, a picture of how it looked then is kept. */
export async function withEditor<T>(
  options: OpenEditorOptions,
  use: (workbench: Workbench, server: Editor) => Promise<T>,
): Promise<T> {
  const { workbench, server, close } = await openEditor(options);
  try {
    return await use(workbench, server);
  } catch (error) {
    await workbench.screenshot(`failed-${Date.now()}`).catch(() => undefined);
    throw error;
  } finally {
    await close();
  }
}
