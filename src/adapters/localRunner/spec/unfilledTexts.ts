import type { Remark } from '../../../core/domain/pipeline.ts';
import { own } from '../../../core/domain/own.ts';
import { parameterInputs } from './parts.ts';
import type { LeafTask } from './walkTasks.ts';

/** What the SDK writes into a text for a value that is known later. */
const VALUE = /\{\{\$\.inputs\.parameters\[['"](pipelinechannel--[^'"\]]+)['"]\]\}\}/g;
const FIELD = /^pipelinechannel--(.+)-loop-item(?:-\d+)?-subvar-(.+)$/;

/**
 * Texts of a task that need a value which the task is not handed: the SDK writes such a file for an f-string with a field of
 * a loop's item. The task fails when it is reached, here and on Kubeflow.
 */
export function unfilledTexts({ path, task }: LeafTask): readonly Remark[] {
  const handed = task.inputs?.parameters ?? {};
  return parameterInputs(task).flatMap(([name, input]) => {
    const text = JSON.stringify(input.runtimeValue?.constant ?? '').replaceAll('\\"', '"');
    const missing = [...text.matchAll(VALUE)].find(([, value = '']) => own(handed, value) === undefined);
    if (missing === undefined) return [];
    const message = `Task ${path} will fail, on Kubeflow as here: the text for ${name} needs ${shown(missing[1] ?? '')}, which the compiler does not hand in.`;
    const hint =
      'Pass that value to the component as a parameter of its own, and put the text together there.';
    return [{ what: 'unfilled_text', task: path, message, hint }];
  });
}

function shown(value: string): string {
  const [, list, field] = FIELD.exec(value) ?? [];
  return list === undefined ? value.replace(/^pipelinechannel--/, '') : `${field} of an item of ${list}`;
}
