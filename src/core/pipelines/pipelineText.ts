import { pythonFunctions, type PythonFunction } from '../text/pythonFunctions.ts';

/** Most of a file that is looked at. */
const mostText = 1_000_000;

/**
 * True for text that seems to be a compiled pipeline or a Python file with pipelines: a look that costs next to nothing,
 * until the backend's list is known.
 */
export function mayHoldPipelines(file: string, text: string): boolean {
  if (text.length > mostText) return false;
  if (file.endsWith('.py')) return text.includes('kfp') && /^[ \t]*@[\w.]*pipeline\b/m.test(text);
  if (!/\.ya?ml$/.test(file)) return false;
  return /^pipelineInfo:/m.test(text) && /^(?:deploymentSpec|root):/m.test(text);
}

/** The functions of a Python file that look like pipelines, and those of these names whatever they look like. */
export function pipelineFunctions(text: string, names: readonly string[] = []): readonly PythonFunction[] {
  if (text.length > mostText) return [];
  return pythonFunctions(text).filter(
    ({ name, decorators }) =>
      decorators.some((decorator) => /^@[\w.]*pipeline\b/.test(decorator)) ||
      (decorators.length > 0 && names.includes(name)),
  );
}
