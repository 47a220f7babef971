import { YAMLException, loadAll } from 'js-yaml';
import type { SpecDocument } from '../../../core/pipelineSpec/readSpecification.ts';
import { lineInJson } from './jsonLines.ts';
import { Parts, tooDeep } from './parts.ts';
import { pyyamlSchema } from './schema.ts';
import { messageOf } from '../../../core/ports/mlopsError.ts';
import { YamlError } from './yamlError.ts';

/** Files above this are not parsed. A pipeline with a notebook inside it stays well below. */
export const largestFile = 8_000_000;
const mostMerged = 200_000;
const limits = { documents: 20, depth: 200, parts: 250_000, writtenOut: largestFile * 2 };
/** What YAML 1.1 does not let a file contain; a surrogate is a part of what stands beyond the basic plane. */
const notPrintable = /[^\t\n\r\x20-\x7e\x85\xa0-\ufffd]/;

export interface YamlProblem {
  readonly message: string;
  readonly line?: number;
}

export type YamlResult =
  | { readonly ok: true; readonly documents: readonly SpecDocument[] }
  | { readonly ok: false; readonly problem: YamlProblem };

/**
 * Reads the documents of a file with the meaning that PyYAML's safe loader gives them, within bounds on its size, depth,
 * documents and aliases, in a time that grows with its size. Never throws.
 */
export function readYaml(text: string): YamlResult {
  if (text.length > largestFile) return failed(`The file is larger than ${largestFile / 1_000_000} MB.`);
  try {
    const documents = parseJson(text) ?? parseYaml(text);
    return { ok: true, documents };
  } catch (error) {
    if (error instanceof YamlError) return failed(`YAML error: ${error.message}`, error.line);
    return failed(`The file cannot be read as YAML: ${messageOf(error)}`);
  }
}

/** JSON is read as JSON: faster, and its numbers are never anything else. */
function parseJson(text: string): readonly SpecDocument[] | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // read as YAML, which says where the error is
  }
  if (isDeeper(value, limits.depth)) throw new YamlError(tooDeep(limits), 1);
  return [{ value, lineOf: (path) => lineInJson(text, path) }];
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}

function parseYaml(text: string): readonly SpecDocument[] {
  const wrong = notPrintable.exec(text);
  if (wrong) {
    const code = wrong[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const line = text.slice(0, wrong.index).split('\n').length;
    throw new YamlError(`The character U+${code} cannot stand in YAML.`, line);
  }
  const parts = new Parts(limits);
  return valuesOf(text, parts)
    .map((value, index) => ({
      value,
      lineOf: (path: readonly PropertyKey[]) => parts.lineOf(index, path),
    }))
    .filter((document) => document.value !== null);
}

function valuesOf(text: string, parts: Parts): readonly unknown[] {
  try {
    return loadAll(text, {
      schema: pyyamlSchema,
      json: true,
      maxDepth: limits.depth,
      maxTotalMergeKeys: mostMerged,
      listener: (event, state) => parts.listen(event, state),
    });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { reason, mark } = error;
    // Report something unclosed where it begins, not at the end of the file.
    const line = reason.startsWith('unexpected end') || !mark ? parts.line : mark.line + 1;
    throw new YamlError(sentenceOf(reason), line);
  }
}

/** The messages of js-yaml, reworded where they are unclear. */
function sentenceOf(reason: string): string {
  if (reason.startsWith('nesting exceeded')) return tooDeep(limits);
  if (reason.startsWith('merge keys exceeded'))
    return 'The file is too large with its merge keys written out.';
  if (reason.startsWith('cannot merge')) return "A merge key ('<<') takes a map, or a list of maps.";
  const tag = /^unknown tag !<(.*)>$/s.exec(reason)?.[1]?.replace('tag:yaml.org,2002:', '!!');
  if (tag !== undefined)
    return `A value of the type ${tag.slice(0, 80)} is nothing that a pipeline can hold.`;
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1, 200)}.`;
}

function failed(message: string, line?: number): YamlResult {
  return { ok: false, problem: line === undefined ? { message } : { message, line } };
}
