import { isJsonObject, sameJson, type Json, type JsonObject } from '../../../core/domain/json.ts';
import { own } from '../../../core/domain/own.ts';
import type { Remark } from '../../../core/domain/pipeline.ts';
import { hideLogins } from '../../../core/text/logins.ts';
import { duration } from '../../../core/text/units.ts';
import type { PipelineSpec, PlatformSpec } from '../../../core/pipelineSpec/schema.ts';
import type { LeafTask, Values } from '../../../core/pipelineSpec/walkTasks.ts';

/**
 * Settings of the whole pipeline, and of other documents in its file, that work differently here. Values of a run are
 * named where they differ from those it would have.
 */
export function specNotes(
  spec: PipelineSpec,
  platform: PlatformSpec | undefined,
  runtimeConfig: JsonObject | undefined,
  given: Values,
): readonly Remark[] {
  const root = runtimeConfig?.['gcsOutputDirectory'] ?? spec['defaultPipelineRoot'];
  return [...rootNotes(root), ...valueNotes(runtimeConfig, given), ...lifeNotes(platform)];
}

function rootNotes(root: unknown): readonly Remark[] {
  if (typeof root !== 'string' || root === '') return [];
  const message = `On Kubeflow its artifacts are kept in ${hideLogins(root)}; here they stay on this machine.`;
  return [{ what: 'pipeline_root_ignored', message }];
}

function valueNotes(runtimeConfig: JsonObject | undefined, given: Values): readonly Remark[] {
  const values = runtimeConfig?.['parameterValues'] ?? runtimeConfig?.['parameters'];
  if (!isJsonObject(values)) return [];
  const others = Object.entries(values)
    .filter(([name, value]) => !sameJson(plainValue(value), own(given, name) ?? null))
    .map(([name]) => name);
  if (others.length === 0) return [];
  const message = `The file brings values of its own for a run (runtimeConfig), which are not used here: ${others.join(', ')}.`;
  return [{ what: 'runtime_values_ignored', message, hint: 'Name them when you run it.' }];
}

/** The value of `{intValue: 3}`, as SDK 1 writes it; other values as they are. */
function plainValue(value: Json): Json {
  if (!isJsonObject(value)) return value;
  const { stringValue, intValue, doubleValue } = value;
  if (intValue !== undefined) return Number(intValue);
  return stringValue ?? doubleValue ?? value;
}

const lives = [
  ['resourceTtlOnCompletion', 'it has ended'],
  ['resourceTtlOnSuccess', 'it has succeeded'],
  ['resourceTtlOnFailure', 'it has failed'],
] as const;

function lifeNotes(platform: PlatformSpec | undefined): readonly Remark[] {
  const configs = Object.values(platform?.platforms ?? {}).map((settings) => settings['pipelineConfig']);
  return configs.filter(isRecord).flatMap((config) => {
    const ends = lives.flatMap(([name, when]) => {
      const time = secondsOf(own(config, name));
      return time === undefined ? [] : [`${time} after ${when}`];
    });
    const limit = secondsOf(config['activeDeadlineSeconds']);
    const notes: Remark[] = [];
    if (ends.length > 0) {
      const message = `On Kubeflow what a run leaves is removed ${ends.join(', ')}; here it stays until you delete the run.`;
      notes.push({ what: 'run_kept', message });
    }
    if (limit !== undefined) {
      const message = `On Kubeflow a run is ended after ${limit}; here it may take as long as it needs.`;
      notes.push({ what: 'no_time_limit', message });
    }
    return notes;
  });
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function secondsOf(value: unknown): string | undefined {
  const seconds = Number(value ?? 0);
  return seconds > 0 && Number.isFinite(seconds) ? duration(seconds * 1000) : undefined;
}

/** A command that Kubeflow runs before it looks for a cached result. */
export function cacheCheckNotes({ path, task, executor }: LeafTask, named: string): readonly Remark[] {
  const lifecycle = executor.container?.['lifecycle'];
  const check = isRecord(lifecycle) ? lifecycle['preCacheCheck'] : undefined;
  const caching = task['cachingOptions'];
  if (!isRecord(check) || !isRecord(caching) || caching['enableCache'] !== true) return [];
  const message = `${named} runs a command before a kept result is looked for (preCacheCheck); here it is not run.`;
  return [{ what: 'cache_check_ignored', task: path, message }];
}

const fields: { readonly [field: string]: string } = {
  RESOURCES: 'resources',
  ENV: 'variables',
  KUBERNETES_AFFINITY: 'machines',
  KUBERNETES_TOLERATIONS: 'machines',
  KUBERNETES_NODE_SELECTOR: 'machines',
  KUBERNETES_VOLUMES: 'volumes',
};

/** A task that is given its own settings, to pass them to what it starts. */
export function taskConfigNotes({ path, component }: LeafTask, named: string): readonly Remark[] {
  const inputs = Object.values(component.inputDefinitions?.parameters ?? {});
  const passed = component['taskConfigPassthroughs'];
  const names = (Array.isArray(passed) ? (passed as readonly unknown[]) : []).flatMap((entry) => {
    const field = isRecord(entry) ? entry['field'] : entry;
    return typeof field === 'string' ? (own(fields, field) ?? []) : [];
  });
  if (names.length === 0 && !inputs.some((input) => input.parameterType === 'TASK_CONFIG')) return [];
  const which = names.length === 0 ? '' : `: ${[...new Set(names)].join(', ')}`;
  const message = `${named} is handed the settings of its task to pass them on (TaskConfig${which}); here they are empty.`;
  return [{ what: 'task_config_empty', task: path, message }];
}
