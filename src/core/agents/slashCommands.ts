import type { SlashCommand } from '../sentences/sentence.ts';
import type { Tool } from '../tools/tool.ts';

/** Every slash command: those of the tools, in their order, and help. `npm run manifest` writes them into package.json. */
export function slashCommandsOf(tools: readonly Pick<Tool, 'slash'>[]): readonly SlashCommand[] {
  const ofTools = tools.flatMap(({ slash }) => (slash === undefined ? [] : [slash]));
  return [
    ...ofTools,
    { name: 'help', description: 'What @mlops can do, with examples', sentence: () => 'help' },
  ];
}
