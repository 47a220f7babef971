import type { Focus } from '../../src/core/domain/focus.ts';
import type { JsonObject } from '../../src/core/domain/json.ts';

/** A sentence that somebody says, and the call that they want; no call where it is outside of what the tools can do. */
export interface Case {
  readonly say: string;
  readonly focus: Focus;
  /** Any of these is right; none: it must not be understood. */
  readonly wanted: readonly { readonly tool: string; readonly input: JsonObject }[];
}

/**
 * Reads a list of cases, a line for each: `sentence => tool {"input": 1}`, with ` | ` between calls that are both right, and
 * `-` where none is. A line `# {"run": "iris-12"}` sets the focus of those below; other lines with `#` are titles.
 */
export function readCases(text: string): readonly Case[] {
  let focus: Focus = {};
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => {
      if (line.startsWith('#')) {
        if (line.includes('{')) focus = JSON.parse(line.slice(1)) as Focus;
        return [];
      }
      const [say = '', wanted = ''] = line.split(' => ');
      return [{ say: say.trim(), focus, wanted: callsIn(wanted.trim()) }];
    });
}

function callsIn(text: string): Case['wanted'] {
  if (text === '-') return [];
  return text.split(' | ').map((call) => {
    const [tool = '', json = '{}'] = call.split(/ (?=\{)/);
    return { tool: `mlops_${tool}`, input: JSON.parse(json) as JsonObject };
  });
}
