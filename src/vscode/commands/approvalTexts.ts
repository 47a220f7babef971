import { named, type Question, sentence } from '../../core/domain/question.ts';
import type { CompileApproval } from '../../core/ports/compileApprovals.ts';
import { count } from '../../core/text/markdown.ts';
import { ago } from '../../core/text/units.ts';
import { literal } from '../../core/text/literal.ts';

/** A yes as a list shows it: plain text. */
export interface ApprovalRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** The row of a yes; `name` is its path as people name it. */
export function approvalRow({ scope, path, at }: CompileApproval, name: string, now: number): ApprovalRow {
  const covers = scope === 'folder' ? 'with what you save there' : 'as it was';
  return {
    label: `$(${scope === 'folder' ? 'folder' : 'file-code'}) ${literal(name)}`,
    description: `${covers}, ${ago(at, now)}`,
    detail: path,
  };
}

/** The title of the list. */
export function approvalsTitle(all: readonly CompileApproval[]): string {
  return all.length === 0
    ? 'No Python file may be compiled unasked'
    : `${count(all.length, 'approval')} to compile Python files`;
}

/** What is asked before a folder is allowed. */
export function allowQuestion(folder: string): Question {
  return {
    title: ['Allow compiling in ', named(folder), '?'],
    verb: 'Allow',
    paragraphs: [
      sentence('Compiling a pipeline runs its Python file on this machine.'),
      sentence(
        'The Python files below this folder may be compiled as they are, and as you save them in this editor. Files that are changed in another way, by a pull or another program, are asked about again.',
      ),
    ],
  };
}
