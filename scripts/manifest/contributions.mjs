// What package.json says of the tools, the slash commands and the settings, made from the core's tables.
// Texts for people go to package.nls.json under the prefixes listed in `ownedPrefixes`.

import { slashCommandsOf } from '../../src/core/agents/slashCommands.ts';
import { approvalName, approvalSetting } from '../../src/core/tools/consent.ts';
import { inputSchema } from '../../src/core/tools/inputSchema.ts';

/** The keys of package.nls.json that start so are made here; the others are written by hand. */
export const ownedPrefixes = ['tools.', 'slash.', 'settings.'];

/**
 * What is read of a row of the table of tools.
 * @typedef {object} ToolRow
 * @property {string} name
 * @property {string} title
 * @property {string} modelDescription
 * @property {string} userDescription
 * @property {string} effect
 * @property {string} [icon]
 * @property {readonly string[]} [tags]
 * @property {import('zod').ZodType} input
 * @property {import('../../src/core/sentences/sentence.ts').SlashCommand} [slash]
 */

/** @typedef {(key: string, value: unknown) => string} Text keeps a text for people under a key and gives what names it */
/** @typedef {{ readonly key: string, readonly needsTrust: boolean, readonly type: Readonly<Record<string, any>> }} SettingRow */

/**
 * The manifest's generated values and their strings.
 * @param {object} tables
 * @param {string} tables.extension
 * @param {readonly ToolRow[]} tables.tools
 * @param {readonly SettingRow[]} tables.settings
 */
export function contributionsOf({ extension, tools, settings }) {
  /** @type {Record<string, string>} */
  const strings = {};
  /** @type {Text} */
  const text = (key, value) => {
    if (typeof value !== 'string' || value === '') throw new Error(`${key} has no text.`);
    strings[key] = value;
    return `%${key}%`;
  };
  return {
    strings,
    values: [
      { path: ['contributes', 'languageModelTools'], value: tools.map((row) => toolOf(row, text)) },
      {
        path: ['contributes', 'chatParticipants', 0, 'commands'],
        value: slashCommandsOf(tools).map(({ name, description }) => ({
          name,
          description: text(`slash.${name}`, description),
        })),
      },
      {
        path: ['contributes', 'configurationDefaults', approvalSetting],
        value: unapprovable(extension, tools),
      },
      {
        path: ['contributes', 'configuration'],
        value: {
          title: '%views.container%',
          properties: Object.fromEntries(
            settings.map((row, index) => [row.key, settingOf(row, index, text)]),
          ),
        },
      },
      {
        path: ['capabilities', 'untrustedWorkspaces', 'restrictedConfigurations'],
        value: settings.filter(({ needsTrust }) => needsTrust).map(({ key }) => key),
      },
    ],
  };
}

/**
 * The editor always asks before a tool that changes something, and is not told to approve it from then on.
 * @param {string} extension
 * @param {readonly ToolRow[]} tools
 */
function unapprovable(extension, tools) {
  const changing = tools.filter(({ effect }) => effect !== 'read');
  return Object.fromEntries(changing.map(({ name }) => [approvalName(extension, name), false]));
}

/**
 * @param {ToolRow} row
 * @param {Text} text
 */
function toolOf(row, text) {
  return {
    name: row.name,
    displayName: text(`tools.${row.name}.title`, row.title),
    userDescription: text(`tools.${row.name}.userDescription`, row.userDescription),
    modelDescription: row.modelDescription,
    toolReferenceName: row.name.replace(/^mlops_/, ''),
    canBeReferencedInPrompt: true,
    ...(row.icon ? { icon: row.icon.startsWith('$(') ? row.icon : `$(${row.icon})` } : {}),
    tags: row.tags ?? ['mlops'],
    inputSchema: inputSchema(row.input),
  };
}

/**
 * @param {SettingRow} row
 * @param {number} order
 * @param {Text} text
 */
function settingOf({ key, type }, order, text) {
  const short = `settings.${key.replace(/^mlops\./, '')}`;
  /** @type {Record<string, unknown>} */
  const described = { ...type, order };
  for (const field of ['description', 'markdownDescription']) {
    if (type[field] !== undefined) described[field] = text(short, type[field]);
  }
  for (const field of ['enumDescriptions', 'markdownEnumDescriptions']) {
    if (type[field])
      described[field] = type[field].map((value, index) => text(`${short}.${type.enum[index]}`, value));
  }
  return described;
}
