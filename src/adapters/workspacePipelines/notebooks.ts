import { hiddenPipelines } from '../../core/domain/pipeline.ts';
import * as z from 'zod';
import type { PipelineFile } from '../../core/pipelineSpec/readSpecification.ts';

const notebook = z.object({
  cells: z.array(z.object({ cell_type: z.string(), source: z.union([z.string(), z.array(z.string())]) })),
});
const decorator = /^[ \t]*@(?:[\w.]*\.)?pipeline\b/m;

/** The problem of a notebook that defines pipelines; undefined for any other notebook. */
export function readNotebook(text: string): PipelineFile {
  if (!text.includes('kfp') || !text.includes('pipeline')) return { kind: 'other' };
  const decoded = notebook.safeParse(parsed(text));
  const code = decoded.success ? decoded.data.cells.filter((cell) => cell.cell_type === 'code') : [];
  if (!code.some(({ source }) => decorator.test([source].flat().join('')))) return { kind: 'other' };
  return {
    kind: 'problem',
    problem: {
      what: hiddenPipelines,
      message: 'Its pipelines stand in a notebook, and nothing in a notebook is run from here.',
      hint: 'Export it as a Python file, or let a cell write the compiled pipeline: compiler.Compiler().compile(train, "train.yaml").',
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
