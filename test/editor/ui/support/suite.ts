import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { type OpenEditor, type OpenEditorOptions, openEditor } from '../../harness/openEditor.ts';
import type { Workbench } from '../../harness/workbench.ts';
import { Place, type WorkspaceName } from './place.ts';

/** How long a start of the editor may take on a busy machine. */
export const startMs = 120_000;
/** What runs do in these tests takes seconds; a busy machine takes its time. */
export const runMs = 90_000;

/** What the tests of one file share. */
export interface Suite {
  readonly place: Place;
  readonly workbench: Workbench;
  /**
   * Makes home, workspace and window as they were at first, for the next group of tests: opening a window costs more than
   * most groups do. What the extension keeps by itself (values of the last run, approvals, the model that was picked)
   * stays.
   */
  readonly startOver: () => Promise<void>;
  /** Opens one more window on the same folder. */
  readonly anotherWindow: () => Promise<Workbench>;
  /** Ends the window and the server with everything in their process group: the tests after this one have no editor. */
  readonly killEditor: () => Promise<void>;
}

export interface SuiteOptions extends Omit<OpenEditorOptions, 'folder' | 'models' | 'settings'> {
  readonly workspace: WorkspaceName;
  /** What a setting names may be in the place of this suite. */
  readonly settings?: OpenEditorOptions['settings'] | ((place: Place) => OpenEditorOptions['settings']);
  /** False: the editor opens without a folder. */
  readonly openFolder?: boolean;
  /** True: no environments are there, and those of the other tests are not touched. */
  readonly ownEnvironments?: boolean;
  /** The user's own list of models, once it can be known. */
  readonly models?: () => readonly unknown[];
  /** What the chat must have before the first sentence; nothing when the chat is not used. */
  readonly model?: string | undefined;
}

/**
 * One editor for all tests of a file, on a home and a workspace of its own. A failed test leaves a picture; at the end no
 * process of a run may be left.
 */
export function useEditor(options: SuiteOptions): Suite {
  let place: Place | undefined;
  let editor: OpenEditor | undefined;
  let used = false;

  beforeAll(async () => {
    place = new Place(options.workspace, options);
    editor = await openEditor(editorOptions(options, place));
    if (options.model !== undefined) await editor.workbench.models.waitFor(options.model);
  }, startMs);

  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const name = `failed ${task.name}`.replace(/\W+/g, '-').slice(0, 80);
    await editor?.workbench.screenshot(name).catch(() => undefined);
  });

  afterAll(async () => {
    await editor?.close();
    await nothingRuns(place);
    place?.remove();
  }, 60_000);

  return {
    get place() {
      return defined(place);
    },
    get workbench() {
      return defined(editor).workbench;
    },
    async startOver() {
      if (used) await startOver(defined(place), defined(editor).workbench);
      used = true;
    },
    anotherWindow: () => defined(editor).anotherWindow(),
    async killEditor() {
      await defined(editor).close();
      editor = undefined;
    },
  };
}

async function startOver(place: Place, workbench: Workbench): Promise<void> {
  await nothingRuns(place);
  await workbench.startOver();
  place.startOver();
  const pipelines = workbench.tree('Pipelines');
  await pipelines.open();
  await vi.waitFor(async () => expect(await pipelines.rowsWith(ofARun).count()).toBe(0), { timeout: runMs });
}

/** What the row of a run shows. */
const ofARun = /-\d+\W*(running|succeeded|failed|stopped|interrupted)/;

async function nothingRuns(place: Place | undefined): Promise<void> {
  await vi.waitFor(() => expect(place?.processes()).toEqual([]), { timeout: 20_000, interval: 200 });
}

function editorOptions(options: SuiteOptions, place: Place): OpenEditorOptions {
  const { home, workspace } = place;
  const { workspace: _name, openFolder = true, models, model: _model, env, settings, ...rest } = options;
  const extensionPath = process.env['MLOPS_TEST_EXTENSION']; // another build of it, as unpacked from a VSIX
  return {
    ...rest,
    ...(openFolder ? { folder: workspace } : {}),
    ...(models === undefined ? {} : { models: models() }),
    ...(extensionPath === undefined ? {} : { extensionPath }),
    settings: {
      'workbench.reduceMotion': 'on',
      // Rows that stay at the top of a tree would lie over those that are pressed.
      'workbench.tree.enableStickyScroll': false,
      ...(typeof settings === 'function' ? settings(place) : settings),
    }, // no picture of a colour on its way to another
    env: { ...env, MLOPS_HOME: home },
  };
}

function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The editor of this file has not started.');
  return value;
}
