import type { Focus } from '../domain/focus.ts';
import type { Mention } from '../domain/mention.ts';
import { quoted } from '../text/literal.ts';
import { redact } from '../text/redact.ts';

const names = ['connection', 'pipeline', 'run', 'against', 'task', 'bucket', 'function', 'more'] as const;

/** The focus after a turn that named these things: of each kind the first one counts. A list goes on only right after it. */
export function moveFocus(focus: Focus, mentions: readonly Mention[]): Focus {
  const { function: _function, ...lasting } = focus;
  const { more: _more, ...rest } = lasting;
  const moved = mentions.toReversed().reduce(follow, mentions.length === 0 ? lasting : rest);
  return Object.fromEntries(
    Object.entries(moved).filter(
      ([what, value]) => value.length <= (what === 'more' ? longestMore : longest),
    ),
  );
}

/** Longer names are not kept: nobody refers to them. */
export const longest = 500;
export const longestMore = 4000;

function follow(before: Focus, mention: Mention): Focus {
  const { connection } = mention;
  const focus =
    before.connection === connection || before.connection === undefined
      ? { ...before, connection }
      : { connection };
  switch (mention.kind) {
    case 'pipeline':
      return { ...focus, pipeline: mention.name };
    case 'run': {
      const { against: _against, task: _task, ...rest } = focus;
      return {
        ...rest,
        run: mention.id,
        pipeline: mention.pipeline,
        ...(mention.against === undefined ? {} : { against: mention.against.id }),
        ...(mention.failedTask === undefined ? {} : { task: mention.failedTask }),
      };
    }
    case 'task':
      return { ...focus, run: mention.run, task: mention.path };
    case 'more':
      return { ...focus, more: `${mention.tool} ${JSON.stringify(mention.input)}` };
    case 'bucket':
      return { ...focus, bucket: [mention.bucket, mention.prefix ?? ''].join('/') };
    case 'object':
      return {
        ...focus,
        bucket: [mention.bucket, mention.key.slice(0, mention.key.lastIndexOf('/') + 1)].join('/'),
      };
  }
}

const title = 'In focus (what "it" may mean):';

/** The focus as a block of a prompt, each value in quotes, so that it is nothing but a value; empty when there is none. */
export function focusBlock(focus: Focus): string {
  const lines = names.flatMap((what) => {
    const value = focus[what];
    return value === undefined ? [] : [`${what}: ${quoted(redact(value))}`];
  });
  return lines.length === 0 ? '' : [title, ...lines].join('\n');
}

/** Reads a focus block back; undefined when the text is something else. */
export function readFocusBlock(text: string): Focus | undefined {
  if (!text.startsWith(title)) return undefined;
  const entries = text
    .split('\n')
    .slice(1)
    .map((line) => [line.slice(0, line.indexOf(':')), readValue(line.slice(line.indexOf(':') + 2))] as const)
    .filter(([name, value]) => value !== undefined && names.some((known) => known === name));
  return Object.fromEntries(entries);
}

function readValue(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
