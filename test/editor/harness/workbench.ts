import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { Chat } from './chat.ts';
import { CodeEditor } from './codeEditor.ts';
import { Dialogs } from './dialogs.ts';
import { ModelPicker } from './modelPicker.ts';
import { Notifications } from './notifications.ts';
import { QuickInput } from './quickInput.ts';
import { ResultsPanel } from './resultsPanel.ts';
import { TextEditor } from './textEditor.ts';
import { TreeView } from './treeView.ts';

/** The editor follows the system's choice, as the browser tells it. */
const themes = {
  light: { media: { colorScheme: 'light', forcedColors: 'none' }, className: 'vs' },
  dark: { media: { colorScheme: 'dark', forcedColors: 'none' }, className: 'vs-dark' },
  hc: { media: { colorScheme: 'dark', forcedColors: 'active' }, className: 'hc-black' },
} as const;

export type Theme = keyof typeof themes;

export interface WorkbenchPlace {
  readonly page: Page;
  /** The address to open, with the folder in it. */
  readonly address: string;
  /** Where the user's settings are. */
  readonly dataDir: string;
  /** Where pictures go. */
  readonly shotsDir: string;
}

/** The whole window of the editor. */
export class Workbench {
  readonly page: Page;
  readonly chat: Chat;
  readonly code: CodeEditor;
  readonly models: ModelPicker;
  readonly dialogs: Dialogs;
  readonly notifications: Notifications;
  readonly results: ResultsPanel;
  readonly quickInput: QuickInput;
  readonly editor: TextEditor;
  readonly #place: WorkbenchPlace;
  /** What a browser asks for when nobody has said. */
  #theme: Theme = 'light';

  constructor(place: WorkbenchPlace) {
    this.#place = place;
    this.page = place.page;
    this.chat = new Chat(place.page);
    this.quickInput = new QuickInput(place.page);
    this.code = new CodeEditor(place.page, this.quickInput);
    this.editor = new TextEditor(place.page);
    this.models = new ModelPicker(place.page, this.quickInput);
    this.dialogs = new Dialogs(place.page);
    this.notifications = new Notifications(place.page);
    this.results = new ResultsPanel(place.page);
  }

  /** Opens the window and waits until it is drawn. */
  async open(): Promise<void> {
    await this.page.goto(this.#place.address);
    await this.page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
  }

  /** Loads the window anew, as a person does: the extension host starts again. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
  }

  /** Closes the editors and messages, and begins a new chat where one is open. */
  async startOver(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.runCommand('View: Close All Editors');
    await this.runCommand('Notifications: Clear All Notifications');
    await this.chat.startOver();
  }

  tree(title: string): TreeView {
    return new TreeView(this.page, title);
  }

  async runCommand(title: string): Promise<void> {
    await this.quickInput.runCommand(title);
  }

  /** The text of the status bar's item with this text in it. */
  async statusBar(text: string | RegExp): Promise<string> {
    const item = this.page.locator('.part.statusbar .statusbar-item', { hasText: text }).first();
    await item.waitFor();
    return item.innerText();
  }

  /** Clicks an item of the status bar. */
  async pressStatusBar(text: string | RegExp): Promise<void> {
    await this.page.locator('.part.statusbar .statusbar-item', { hasText: text }).first().click();
  }

  /** The title of the editor tab in front. */
  async activeTab(): Promise<string> {
    const tab = this.page.locator('.part.editor .tab.active').first();
    await tab.waitFor();
    return tab.innerText();
  }

  /** Writes a setting of the user; the editor takes it up by itself. */
  changeSetting(name: string, value: unknown): void {
    const file = path.join(this.#place.dataDir, 'User', 'settings.json');
    const settings = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>;
    fs.writeFileSync(file, JSON.stringify({ ...settings, [name]: value }, null, 2));
  }

  async switchTheme(theme: Theme): Promise<void> {
    this.#theme = theme;
    await this.page.emulateMedia(themes[theme].media);
    await this.page.locator(`.monaco-workbench.${themes[theme].className}`).first().waitFor();
  }

  /**
   * A picture of the window, in the theme that it has or in another; for `npm run shots` in every theme. Gives the file,
   * the last of them.
   */
  async screenshot(name: string, { theme }: { theme?: Theme } = {}): Promise<string> {
    if (theme) await this.switchTheme(theme);
    else if (process.env['MLOPS_SHOTS_DIR'] !== undefined) return this.inEveryTheme(name);
    fs.mkdirSync(this.#place.shotsDir, { recursive: true });
    const file = path.join(this.#place.shotsDir, `${name}${theme ? `-${theme}` : ''}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  private async inEveryTheme(name: string): Promise<string> {
    const before = this.#theme;
    const files: string[] = [];
    for (const theme of ['dark', 'light', 'hc'] as const) files.push(await this.screenshot(name, { theme }));
    await this.switchTheme(before);
    return files.at(-1) ?? '';
  }
}
