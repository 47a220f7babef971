import * as z from 'zod';
import { ChangedSince } from '../../src/core/ports/changedSince.ts';
import { MlopsError } from '../../src/core/ports/mlopsError.ts';
import { defineTool, type Effect, type Tool } from '../../src/core/tools/tool.ts';

/** A tool that says what it is given, and writes down that it ran. "fail" fails, "stale" changed since it was asked about. */
export function echoTool(name: `mlops_${string}`, effect: Effect, ran: string[] = []): Tool {
  return defineTool({
    name,
    title: name,
    userDescription: `Echoes for ${name}.`,
    modelDescription: `Echoes for ${name}.`,
    effect,
    input: z.strictObject({ say: z.string() }),
    progress: () => '',
    run: async ({ say }) => {
      ran.push(`${name} ${say}`);
      if (say === 'stale') throw new ChangedSince('iris', ['its code']);
      if (say === 'fail')
        throw new MlopsError('notFound', 'There is no such thing.', { hint: 'Look again.' });
      return say;
    },
    render: (say) => `said ${say}`,
    mentions: () => [],
    examples: [{ say: 'say it', means: { say: 'it' } }],
  });
}
