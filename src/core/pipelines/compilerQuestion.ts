import type { ConnectionInfo } from '../domain/connection.ts';
import { named, type Question, textParagraph } from '../domain/question.ts';
import { size } from '../text/units.ts';
import { connectionPhrase } from './runQuestion.ts';

/** What installing the compiler takes. */
export interface CompilerInstall {
  readonly packages: readonly string[];
  readonly bytes?: number | undefined;
}

/** The question before the compiler is installed. `wanted`: the file that needs it. */
export function compilerQuestion(
  { packages, bytes }: CompilerInstall,
  connection: ConnectionInfo,
  wanted?: string,
): Question {
  const about = bytes === undefined ? '' : ` (about ${size(bytes)} on disk)`;
  return {
    title:
      wanted === undefined
        ? ['Install the pipeline compiler on ', connectionPhrase(connection), '?']
        : ['Install what compiles Python pipelines?'],
    verb: 'Install',
    paragraphs: [
      ...(wanted === undefined
        ? []
        : [textParagraph(named(wanted), ' is written in Python, and is compiled before it runs.')]),
      textParagraph(
        'Installs ',
        { series: packages.map(named) },
        ` and what it needs to compile${about} into an environment of its own, once. It compiles Python files with `,
        named('@dsl.pipeline'),
        '.',
      ),
    ],
  };
}

/** The question before a Python file is compiled on its own, which runs it. */
export function compileQuestion(file: string): Question {
  return {
    title: ['Compile ', named(file), '?'],
    verb: 'Compile',
    paragraphs: [textParagraph('Compiling runs the file on this machine, with what it imports.')],
  };
}
