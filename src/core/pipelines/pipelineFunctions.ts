import { pythonFunctions, type PythonFunction } from '../text/pythonFunctions.ts';

/** The functions of a Python file that look like pipelines, and those with these names, whatever their decorators. */
export function pipelineFunctions(text: string, names: readonly string[] = []): readonly PythonFunction[] {
  return pythonFunctions(text).filter(
    ({ name, decorators }) =>
      decorators.some((decorator) => /^@[\w.]*pipeline\b/.test(decorator)) ||
      (decorators.length > 0 && names.includes(name)),
  );
}
