import { ended } from '../text/sentences.ts';
import { type Json, sameJson } from '../domain/json.ts';
import { thisMachineName, type ConnectionInfo } from '../domain/connection.ts';
import type { Parameter, Pipeline, Remark } from '../domain/pipeline.ts';
import {
  data,
  message,
  named,
  type Outside,
  type Paragraph,
  type Phrase,
  type Question,
  textParagraph,
} from '../domain/question.ts';
import { own } from '../domain/own.ts';
import type { Preparation } from '../ports/pipelineBackend.ts';
import { isHidden, secretMark } from '../text/secretNames.ts';
import { size } from '../text/units.ts';
import { jsonText } from '../text/values.ts';
import { noteGroups } from './noteGroups.ts';
import { sourcesPhrase } from './packageSources.ts';

/** A run to ask about. */
export interface AskedRun {
  readonly pipeline: Pick<Pipeline, 'name' | 'displayName' | 'source' | 'parameters' | 'version'>;
  /** The value of every parameter that has one. */
  readonly values: { readonly [name: string]: Json | undefined };
  /** The parameters that were set. Without it, those that differ from their default count as set, and the default is shown beside them. */
  readonly set?: readonly string[];
  readonly preparation: Preparation;
  /** False: every task runs anew. */
  readonly cache: boolean;
  /** What the run is to be called. */
  readonly name?: string | undefined;
  /** The experiment that gets the run. */
  readonly experiment?: string | undefined;
  /** The connection, named in the title where there are several. */
  readonly connection?: ConnectionInfo;
  /** The run that it repeats. */
  readonly again?: string | undefined;
}

/** The question before a run: every value, what is compiled and installed, where it runs, what is different there. */
export function runQuestion(run: AskedRun): Question {
  const { preparation } = run;
  const installs = preparation.install.length > 0;
  const { set, defaults } = valueParagraphs(run);
  return {
    title: titleOf(run, installs),
    verb: installs ? 'Install and run' : 'Run',
    paragraphs: [
      ...set,
      ...nameParagraphs(run),
      ...cacheParagraphs(run),
      ...preparationSentences(preparation).map((phrase) => textParagraph(...phrase)),
      ...defaults,
      textParagraph(
        'From ',
        named(run.pipeline.source.label ?? run.pipeline.name),
        ...versionPhrase(run.pipeline),
        ' with ',
        // Plain text, where a narrow chat breaks a long path.
        message(preparation.runsOn),
        '.',
      ),
      ...remarkParagraphs(preparation.notes),
    ],
  };
}

function nameParagraphs({ name, experiment }: AskedRun): readonly Paragraph[] {
  return [
    ...(name === undefined ? [] : [textParagraph('The run is called ', named(name), '.')]),
    ...(experiment === undefined
      ? []
      : [textParagraph('It goes into the experiment ', named(experiment), '.')]),
  ];
}

function versionPhrase({ version }: AskedRun['pipeline']): Phrase {
  return version === undefined ? [] : [', version ', named(version), ','];
}

function cacheParagraphs({ cache, preparation: { unchanged } }: AskedRun): readonly Paragraph[] {
  if (!cache) return [textParagraph('Without cache: every task runs anew.')];
  if (unchanged === undefined) return [];
  return [textParagraph('Nothing changed since ', named(unchanged), ': all of it comes from the cache.')];
}

function titleOf({ pipeline, connection, again }: AskedRun, installs: boolean): Phrase {
  return [
    installs ? 'Install packages and run ' : 'Run ',
    named(pipeline.displayName ?? pipeline.name),
    ...(again === undefined ? [] : [' again, as in ', named(again)]),
    ...(connection === undefined ? [] : [' on ', connectionPhrase(connection)]),
    '?',
  ];
}

/** The name of this machine is our own text, that of a server is not. */
export function connectionPhrase({ kind, name }: ConnectionInfo): string | Outside {
  return kind === 'thisMachine' && name === thisMachineName ? name : named(name);
}

/** The values that were set, and the others, which come last since a long question is folded there. */
function valueParagraphs(run: AskedRun): {
  readonly set: readonly Paragraph[];
  readonly defaults: readonly Paragraph[];
} {
  const { parameters } = run.pipeline;
  if (parameters.length === 0) return { set: [textParagraph('It takes no parameters.')], defaults: [] };
  const isSet = (parameter: Parameter) =>
    run.set?.includes(parameter.name) ?? isChanged(parameter, valueOf(run, parameter));
  const paragraph = (label: string, those: readonly Parameter[]): readonly Paragraph[] =>
    those.length === 0
      ? []
      : [{ kind: 'values', label, lines: those.map((parameter) => valueLine(run, parameter)) }];
  const rest = parameters.filter((parameter) => !isSet(parameter));
  // In a repeated run each value that was set is shown beside the earlier one.
  const repeats = run.again !== undefined && run.set !== undefined;
  return {
    set: paragraph(repeats ? 'Changed' : 'Set', parameters.filter(isSet)),
    defaults: paragraph(repeats ? 'As before' : 'Defaults', rest),
  };
}

function valueOf({ values }: AskedRun, { name }: Parameter): Json | undefined {
  return own(values, name);
}

function isChanged({ default: fallback }: Parameter, value: Json | undefined): boolean {
  return value === undefined ? false : !sameJson(value, fallback);
}

function valueLine(run: AskedRun, parameter: Parameter): Phrase {
  const { name, default: fallback } = parameter;
  const value = valueOf(run, parameter);
  const unknown = value === undefined && parameter.unknownDefault === true;
  const line = [named(name), ' = ', unknown ? 'set by its code' : valuePiece(name, value)];
  const changed = run.set === undefined && fallback !== undefined && isChanged(parameter, value);
  return changed ? [...line, ' (default ', valuePiece(name, fallback), ')'] : line;
}

function valuePiece(name: string, value: Json | undefined): string | Outside {
  if (value === undefined) return 'not set';
  if (isHidden(name, value)) return data(secretMark);
  return typeof value === 'string' && value !== '' ? named(value) : data(jsonText(value));
}

/** What is compiled and installed before the run, and where packages come from; a sentence each. */
export function preparationSentences(preparation: Preparation): readonly Phrase[] {
  const { install, installBytes, compiles, sources } = preparation;
  const bytes = installBytes === undefined ? '' : ` (about ${size(installBytes)} on disk)`;
  return [
    ...(compiles === undefined ? [] : [['Compiles ', named(compiles), ', which runs it here.']]),
    ...(install.length === 0
      ? []
      : [['Installs ', { series: install.map(named) }, `${bytes} into an environment of its own.`]]),
    ...(sources.length === 0 ? [] : [sourcesPhrase(sources)]),
  ];
}

function remarkParagraphs(notes: readonly Remark[]): readonly Paragraph[] {
  return noteGroups(notes).map((group) => ({
    kind: 'list',
    label: group.title,
    lines: group.notes.map(remarkPhrase),
  }));
}

function remarkPhrase(remark: Remark): Phrase {
  return [
    ...(remark.task === undefined ? [] : [named(remark.task), ': ']),
    message(remark.hint === undefined ? remark.message : ended(remark.message)),
    ...(remark.hint === undefined ? [] : [' ', message(remark.hint)]),
  ];
}
