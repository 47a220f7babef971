/** A slash command of `@mlops`, and the sentence it stands for. */
export interface SlashCommand {
  readonly name: string;
  readonly description: string;
  /** The person's sentence, from what stands after the command. */
  readonly sentence: (rest: string) => string;
}

const join = (start: string, rest: string) => (rest === '' ? start : `${start} ${rest}`);

/** Every slash command. `npm run manifest` writes them into package.json. */
export const slashCommands: readonly SlashCommand[] = [
  {
    name: 'pipelines',
    description: 'List the pipelines, or describe one',
    sentence: (rest) => (rest === '' ? 'list pipelines' : `describe pipeline ${rest}`),
  },
  {
    name: 'run',
    description: 'Run a pipeline: /run iris max_depth=3',
    sentence: (rest) => join('run', rest),
  },
  {
    name: 'runs',
    description: 'List the runs, or describe one',
    sentence: (rest) => (rest === '' ? 'list runs' : `describe run ${rest}`),
  },
  {
    name: 'logs',
    description: "Show a task's log: /logs train of iris-12",
    sentence: (rest) => join('show the log of', rest === '' ? 'the last run' : rest),
  },
  {
    name: 'artifacts',
    description: 'List the buckets, or the objects under a prefix',
    sentence: (rest) => (rest === '' ? 'list buckets' : `list objects in ${rest}`),
  },
  { name: 'help', description: 'What @mlops can do, with examples', sentence: () => 'help' },
];
