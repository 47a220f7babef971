import type { ConnectionInfo } from '../domain/connection.ts';
import { code } from '../text/markdown.ts';
import type { Tool } from '../tools/tool.ts';
import type { Agent } from './agents.ts';

/** The answer to `/help`: what can be said for each tool. `about` is what the active connection offers, in a sentence. */
export function help(
  tools: readonly Tool[],
  agents: readonly Agent[],
  { about }: Pick<ConnectionInfo, 'about'>,
): string {
  const free = agents.flatMap(({ examples }) => examples).map((example) => code(example));
  return `I find, run, watch and explain ML pipelines. Ask in your own words, for example:

${tools.map(toolLine).join('\n')}

A run goes by its id (\`iris-12\`), its number (\`12\`) or its name; "it" and "the last run" are understood, too. Attach a file, or say "this pipeline" or "this line" of the one in front.

Looking never asks. Before anything is run, stopped, installed or deleted you see what it is, with every parameter, and confirm.

Pipelines are compiled Kubeflow pipelines (YAML) and Python functions with \`@dsl.pipeline\` in the open folder. ${about}

Without a language model, **MLOps Basics** understands sentences like these. With one (Copilot, your own key, or a local server), ask freely: ${free.join(' · ')}`;
}

function toolLine({ title, examples }: Tool): string {
  const shown = examples.filter(({ does }) => does !== undefined).map(({ say }) => code(say));
  return `- ${title}: ${shown.join(' · ')}`;
}
