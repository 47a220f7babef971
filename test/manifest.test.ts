// Holds the hand-written parts of package.json to the code, and the generated ones to the rules for tools.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { contributionsOf, ownedPrefixes } from '../scripts/manifest/contributions.mjs';
import { understand } from '../src/core/agents/basics/understand.ts';
import { settings } from '../src/core/settings.ts';
import { tools } from '../src/core/tools/table.ts';
import { commands as handlers } from '../src/vscode/commands/table.ts';

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
}
interface Manifest {
  readonly '//': readonly string[];
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands?: readonly { readonly command: string; readonly title: string }[];
    readonly menus?: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings?: readonly { readonly command: string }[];
    readonly views?: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome?: readonly { readonly view: string; readonly contents: string }[];
    readonly walkthroughs?: readonly {
      readonly steps: readonly {
        readonly media: { readonly markdown: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly inputSchema: {
        readonly properties: Readonly<Record<string, { readonly description?: string }>>;
      };
    }[];
  };
}

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const manifestText = read('package.json');
const manifest = JSON.parse(manifestText) as Manifest;
const { contributes } = manifest;
const strings = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;

const contributed = (contributes.commands ?? []).map(({ command }) => command);
const handled = Object.keys(handlers);
const ours = (command: string) => command.startsWith('mlops.');
const sorted = (items: Iterable<string>) => [...items].toSorted();

describe('commands', () => {
  it('are contributed only once', () => {
    expect(sorted(contributed)).toEqual(sorted(new Set(contributed)));
  });

  it('each have a handler', () => {
    expect(contributed.filter((command) => !handled.includes(command))).toEqual([]);
  });

  const menus = Object.entries(contributes.menus ?? {});
  const inKeys = (contributes.keybindings ?? []).map(({ command }) => command);

  it('are in a menu or on a key, except those that only a row or the status bar runs', () => {
    const inMenus = menus.flatMap(([menu, items]) => (menu === 'commandPalette' ? [] : items));
    const offered = new Set([...inMenus.map(({ command }) => command), ...inKeys]);
    const pressed = ['mlops.openGuide', 'mlops.showMore', 'mlops.showRuns'];
    expect(contributed.filter((command) => !offered.has(command) && !pressed.includes(command))).toEqual([]);
  });

  it('exist wherever a menu, a key or a welcome text names one', () => {
    const inMenus = menus.flatMap(([, items]) => items.map((item) => item.command));
    const named = [...inMenus, ...inKeys].filter((command) => command !== undefined);
    expect(named.filter((command) => ours(command) && !contributed.includes(command))).toEqual([]);
    const links = Object.values(strings).flatMap((text) => [...text.matchAll(/\(command:(mlops\.[\w.]+)/g)]);
    expect(links.map(([, command = '']) => command).filter((command) => !handled.includes(command))).toEqual(
      [],
    );
  });
});

describe('the manifest', () => {
  it('says which of its parts are generated', () => {
    const { values } = contributionsOf({ extension: 'mlops-chat.mlops-chat', tools, settings });
    const note = manifest['//'].join(' ');
    const parts = values.map(({ path }) => path.findLast((step) => note.includes(String(step))));
    expect(parts).toEqual([
      'languageModelTools',
      'commands',
      'configurationDefaults',
      'configuration',
      'restrictedConfigurations',
    ]);
    expect(ownedPrefixes.filter((prefix) => !note.includes(`${prefix}*`))).toEqual([]);
  });

  it('has no duplicate keys', () => {
    expect(() => parse(manifestText) as unknown).not.toThrow();
  });
});

describe('views', () => {
  it('exist wherever a welcome text or a view menu names one', () => {
    const views = Object.values(contributes.views ?? {}).flatMap((items) => items.map(({ id }) => id));
    const welcomed = (contributes.viewsWelcome ?? []).map(({ view }) => view);
    const inMenus = [...manifestText.matchAll(/view == ([\w.-]+)/g)].map(([, view = '']) => view);
    expect([...welcomed, ...inMenus].filter((view) => !views.includes(view))).toEqual([]);
  });
});

describe('the walkthrough', () => {
  const steps = (contributes.walkthroughs ?? []).flatMap((walkthrough) => walkthrough.steps);

  it('has five steps, each with its picture', () => {
    expect(steps).toHaveLength(5);
    expect(steps.map(({ media }) => read(media.markdown).trim()).filter((text) => text === '')).toEqual([]);
  });

  it('suggests sentences that MLOps Basics understands, too', () => {
    const texts = [
      ...steps.map(({ media }) => read(media.markdown)),
      decodeURIComponent(JSON.stringify(strings)),
    ];
    const sentences = texts.flatMap((text) =>
      [...text.matchAll(/[`"]@mlops ([^`"\\]+)[`"\\]/g)].map((match) => match[1] ?? ''),
    );
    expect(sentences.length).toBeGreaterThan(5);
    expect(sentences.filter((sentence) => understand(sentence, {}) === undefined)).toEqual([]);
  });

  it('completes each step when something happened, not when a button is pressed', () => {
    const events = steps.flatMap(({ completionEvents }) => completionEvents);
    const keys = events.map((event) => /^onContext:(mlops\.\w+)$/.exec(event)?.[1] ?? event);
    const sources = [
      'commands/firstSteps.ts',
      'notifications/registerNotifications.ts',
      'commands/failingLine.ts',
      'chat/handler.ts',
    ].map((file) => read(`src/vscode/${file}`));
    const set = sources.flatMap((text) =>
      [...text.matchAll(/'setContext', '(mlops\.\w+)'/g)].map((match) => match[1]),
    );
    expect(keys.filter((key) => !set.includes(key))).toEqual([]);
    expect(new Set(keys).size).toBe(5);
  });
});

describe('strings', () => {
  const used = new Set([...manifestText.matchAll(/"%([\w.-]+)%"/g)].map(([, key = '']) => key));

  it('exist for every name in the manifest', () => {
    expect([...used].filter((key) => !(key in strings))).toEqual([]);
  });

  it('are all used by the manifest', () => {
    expect(Object.keys(strings).filter((key) => !used.has(key))).toEqual([]);
  });

  it('are not empty', () => {
    expect(Object.keys(strings).filter((key) => strings[key]?.trim() === '')).toEqual([]);
  });
});

describe('tools', () => {
  const names = tools.map(({ name }) => name);

  it('have unique names in snake case with our prefix', () => {
    expect(sorted(names)).toEqual(sorted(new Set(names)));
    expect(names.filter((name) => !/^mlops(_[a-z0-9]+)+$/.test(name))).toEqual([]);
    expect(contributes.languageModelTools.map(({ name }) => name)).toEqual(names);
  });

  it('ask before they write', () => {
    const unasked = tools.filter((row) => row.effect !== 'read' && !row.confirms);
    expect(unasked.map(({ name }) => name)).toEqual([]);
  });

  it('never ask before they read', () => {
    const asked = tools.filter((row) => row.effect === 'read' && row.confirms);
    expect(asked.map(({ name }) => name)).toEqual([]);
  });

  it('describe every input to the model', () => {
    const missing = contributes.languageModelTools.flatMap(({ name, inputSchema }) =>
      Object.entries(inputSchema.properties)
        .filter(([, property]) => !property.description)
        .map(([property]) => `${name}.${property}`),
    );
    expect(missing).toEqual([]);
  });

  it('have descriptions of a useful length', () => {
    const odd = tools.filter(({ modelDescription: { length } }) => length < 40 || length > 1000);
    expect(odd.map(({ name }) => name)).toEqual([]);
  });
});
