import type { TaskError } from '../domain/run.ts';
import { type Frame, lastTraceback } from '../logs/traceback.ts';
import type { PythonComponent } from '../pipelineSpec/pythonComponent.ts';
import { pythonFunctions } from '../text/pythonFunctions.ts';

/** What Kubeflow calls the file with a component's source. */
const ownFile = /(?:^|[\\/])ephemeral_component\.py$/;

/** The exception that a task's log ends with, with its line in the component's source; undefined where there is none. */
export function exceptionInLog(log: string, component: PythonComponent | undefined): TaskError | undefined {
  const found = lastTraceback(log);
  if (found === undefined) return undefined;
  const { type, message, frames } = found;
  const own = frames.findLast(({ file }) => ownFile.test(file));
  const hint = hintFor(type, message, own !== undefined);
  return {
    kind: type === 'MemoryError' ? 'memory' : 'exception',
    type,
    message,
    ...(own === undefined || component === undefined ? {} : whereIn(component, own)),
    ...(hint === undefined ? {} : { hint }),
  };
}

type Where = Pick<TaskError, 'line' | 'text' | 'function' | 'offset'>;

function whereIn({ source, function: name }: PythonComponent, { line, ...frame }: Frame): Where {
  const text = source.split('\n')[line - 1]?.trim();
  if (text === undefined || text === '') return {};
  const functions = pythonFunctions(source);
  const within = functions.findLast((one) => one.line <= line - 1 && line - 1 <= one.end)?.name;
  const around = frame.function?.startsWith('<') === false ? frame.function : within;
  const start = functions.find((one) => one.name === name && one.around.length === 0)?.line;
  const offset = start === undefined ? undefined : line - 1 - start;
  return {
    line,
    text,
    ...(around === undefined ? {} : { function: around }),
    ...(offset === undefined || offset < 0 ? {} : { offset }),
  };
}

function hintFor(type: string, message: string, inComponent: boolean): string | undefined {
  const [, module] = /^No module named '([\w.]+)'/.exec(message) ?? [];
  if (type === 'ModuleNotFoundError' && module !== undefined)
    return `The package ${module.split('.')[0]} is not in the task's image: add it to packages_to_install of the component.`;
  if (type === 'NameError' && inComponent)
    return "A component's function is taken out of its file: import or define inside it what it uses.";
  return undefined;
}
