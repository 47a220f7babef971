import path from 'node:path';
import * as z from 'zod';
import type { Json } from '../../../core/domain/json.ts';
import type {
  PackageSource,
  Parameter,
  Pipeline,
  PipelineSummary,
  TaskNode,
} from '../../../core/domain/pipeline.ts';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import { hideLogins } from '../../../core/text/logins.ts';
import type { Pythons } from '../../../core/ports/pythons.ts';
import { located } from '../../node/packagePaths.ts';
import type { FunctionInFile } from '../approvals/approvals.ts';

const parameter = z.object({
  name: z.string(),
  type: z.enum(['string', 'integer', 'number', 'boolean', 'list', 'struct']),
  required: z.boolean(),
  default: z.json(),
  unknownDefault: z.boolean(),
  description: z.string().nullable(),
});
const outline = z.object({
  files: z.array(z.string()),
  parameters: z.array(parameter),
  packages: z.array(z.string()),
  indexUrls: z.array(z.string()),
  trustedHosts: z.array(z.string()),
  tasks: z.array(z.string()),
  incomplete: z.boolean(),
});

/** What the syntax tree of a file shows of a pipeline (outline_pipeline.py). */
export type Outline = z.infer<typeof outline>;

/** `root` is the workspace folder that the file belongs to. */
interface OutlinedFunction extends FunctionInFile {
  readonly root?: string | undefined;
}

const deadlineMs = 20_000;

/** Reads Python files by their syntax trees; nothing in them is run. */
export class Outlines {
  readonly #pythons: Pythons;
  readonly #script: string;

  constructor(pythons: Pythons, scripts: string) {
    this.#pythons = pythons;
    this.#script = path.join(scripts, 'outline_pipeline.py');
  }

  /** The outline of one pipeline. Throws unsupported where there is no Python to read it with. */
  async of(source: OutlinedFunction, signal: AbortSignal): Promise<Outline> {
    const result = await this.#pythons.look(
      {
        python: await this.#python(signal),
        script: this.#script,
        stdin: JSON.stringify({ file: source.file, function: source.function, root: source.root }),
        deadlineMs,
        what: `Reading ${path.basename(source.file)}`,
      },
      signal,
    );
    const decoded = result.code === 0 ? outline.safeParse(parsed(result.stdout)) : undefined;
    if (decoded?.success) {
      const packages = decoded.data.packages.map((requirement) => located(requirement, source.root));
      return { ...decoded.data, packages };
    }
    const last = result.stderr.trim().split('\n').at(-1);
    throw new MlopsError('internal', `${path.basename(source.file)} could not be read:`, {
      outside: last ?? 'no answer',
    });
  }

  async #python(signal: AbortSignal): Promise<string> {
    for await (const { python } of this.#pythons.working(signal)) return python.executable;
    throw new MlopsError('unsupported', 'Python files cannot be read: no Python 3.9 or newer was found.', {
      hint: 'Install one, or name it in the setting mlops.local.python.',
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A pipeline as far as its syntax tree shows it. */
export function outlinedPipeline(summary: PipelineSummary, outlined: Outline): Pipeline {
  return {
    ...summary,
    outline: true,
    parameters: outlined.parameters.map(toParameter),
    tasks: outlined.tasks.map(toTask),
    packages: outlined.packages,
    sources: sourcesOf(outlined),
    blockers: [],
    notes: [],
  };
}

/** Where packages come from, as components say; logins are hidden. */
function sourcesOf({ indexUrls, trustedHosts }: Outline): readonly PackageSource[] {
  const indexes = indexUrls.map((url, index) => ({
    kind: index === 0 ? ('index' as const) : ('extraIndex' as const),
    value: hideLogins(url),
  }));
  return [...indexes, ...trustedHosts.map((value) => ({ kind: 'trustedHost' as const, value }))];
}

function toParameter({ name, type, required, ...more }: Outline['parameters'][number]): Parameter {
  return {
    name,
    type,
    required,
    ...(more.default === null ? {} : { default: more.default as Json }),
    ...(more.unknownDefault ? { unknownDefault: true } : {}),
    ...(more.description === null ? {} : { description: more.description }),
  };
}

function toTask(name: string): TaskNode {
  return { name, displayName: name, kind: 'task', after: [], children: [] };
}
