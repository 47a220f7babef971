import type { ConnectionInfo } from '../domain/connection.ts';

/** The answer to `/help`, where the active connection is `about` that. */
export function helpText({ about }: Pick<ConnectionInfo, 'about'>): string {
  return `I find, run, watch and explain ML pipelines. Ask in your own words, for example:

- \`list pipelines\` · \`describe iris\`
- \`run iris with max_depth 3\`: you see every parameter and confirm before it starts
- \`how did it go\` · \`why did 12 fail\` · \`show the log of train in 12\`
- \`compare 12 with 11\` · \`stop 12\` · \`delete 12\`
- \`list buckets\` · \`list objects in artifacts/\`

Pipelines are compiled Kubeflow pipelines (YAML) and Python functions with \`@dsl.pipeline\` in the open folder. ${about}

Without a language model, **MLOps Basics** understands sentences like these. With one (Copilot, your own key, or a local server), ask freely.`;
}
