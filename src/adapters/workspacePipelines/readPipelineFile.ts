import { readSpecification, type PipelineFile } from '../../core/pipelineSpec/readSpecification.ts';
import { readYaml } from './yaml/readYaml.ts';

/**
 * Reads a file as a compiled pipeline: a PipelineSpec as YAML or JSON, bare or wrapped, with or without a platform
 * document. Anything else that YAML is used for is `other`; a pipeline that is broken says where.
 */
export function readPipelineFile(text: string): PipelineFile {
  if (!mentionsPipeline(text)) return { kind: 'other' };
  const read = readYaml(text);
  if (!read.ok) {
    const name = nameIn(text);
    const named = name === undefined ? {} : { name };
    return claimsPipeline(text)
      ? { kind: 'problem', problem: { what: 'not_yaml', ...read.problem, ...named } }
      : { kind: 'other' };
  }
  return readSpecification(read.documents, text);
}

/** Cheap: no parsing for the many YAML files that are something else. */
function mentionsPipeline(text: string): boolean {
  return /pipelineInfo|deploymentSpec|pipeline_?spec|schemaVersion|argoproj\.io/i.test(text);
}

/** Whether a file that cannot be parsed seems to be meant as a pipeline. */
export function claimsPipeline(text: string): boolean {
  return /^# PIPELINE DEFINITION|^ {0,2}["']?(pipelineInfo|deploymentSpec|pipeline_?spec)["']?\s*:/im.test(
    text,
  );
}

function nameIn(text: string): string | undefined {
  const found =
    /^# Name: (.+)$/m.exec(text) ??
    /pipelineInfo["']?\s*:\s*\{?\s*["']?name["']?\s*:\s*["']?([^"'\n}]+)/.exec(text);
  return found?.[1]?.trim();
}
