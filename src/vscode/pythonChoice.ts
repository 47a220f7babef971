import * as vscode from 'vscode';
import * as z from 'zod';
import type { PythonCandidate, PythonChoice } from '../core/ports/pythonChoice.ts';
import { chosenPython } from './settings.ts';

const pythonApi = z.object({
  environments: z.object({
    getActiveEnvironmentPath: z.custom<() => unknown>((value) => typeof value === 'function'),
  }),
});
const environmentPath = z.object({ path: z.string().min(1) });

/** The sources of the choice. */
export interface PythonSources {
  trusted(): boolean;
  /** The setting's interpreter. */
  chosen(): string | undefined;
  /** The Python extension's selection, which a workspace can influence. */
  selected(): Promise<string | undefined>;
}

const inThisWindow: PythonSources = {
  trusted: () => vscode.workspace.isTrusted,
  chosen: () => chosenPython(),
  selected: selectedInPythonExtension,
};

/**
 * The Python that people chose: our setting, then the Python extension's selection, then the PATH. In Restricted
 * Mode the Python extension is not asked.
 */
export function createPythonChoice(sources: PythonSources = inThisWindow): PythonChoice {
  return {
    async candidates() {
      const chosen = sources.chosen();
      if (chosen !== undefined) return [{ path: chosen, from: 'the setting mlops.local.python' }];
      const selected = sources.trusted() ? await sources.selected() : undefined;
      const names = process.platform === 'win32' ? ['python', 'py'] : ['python3', 'python'];
      const onPath: PythonCandidate[] = names.map((path) => ({ path, from: 'PATH' }));
      return selected === undefined ? onPath : [{ path: selected, from: 'the Python extension' }, ...onPath];
    },
  };
}

async function selectedInPythonExtension(): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension('ms-python.python');
  if (extension === undefined) return undefined;
  const api = pythonApi.safeParse(await extension.activate());
  if (!api.success) return undefined;
  const { environments } = api.data;
  return environmentPath.safeParse(environments.getActiveEnvironmentPath()).data?.path;
}
