import type {
  ContainerEvidence,
  ContainerState,
  PodEvidence,
  RunEvidence,
  StepEvidence,
  TaskEvidence,
} from '../ports/runEvidence.ts';
import { keyLines, type Redact } from '../text/redact.ts';
import { secretMark } from '../text/secretNames.ts';

/** Evidence without secrets in its texts. Paths and code stay, since they are looked for. */
export function redactEvidence(evidence: RunEvidence, hide: Redact): RunEvidence {
  const { workflow, tasks, unseen } = evidence;
  return {
    ...evidence,
    tasks: tasks.map((task) => redactTask(task, hide)),
    workflow: workflow === undefined ? undefined : withoutSecrets(workflow, hide),
    unseen: unseen.map((one) => ({ ...one, text: hide(one.text) })),
  };
}

/** An object with a reason and a message, without secrets in these. */
function withoutSecrets<T extends { readonly message?: string; readonly reason?: string }>(
  told: T,
  hide: Redact,
): T {
  const { message, reason } = told;
  return {
    ...told,
    ...(message === undefined ? {} : { message: hide(message) }),
    ...(reason === undefined ? {} : { reason: hide(reason) }),
  };
}

function redactTask(task: TaskEvidence, hide: Redact): TaskEvidence {
  const { driver, attempts, retry } = task;
  return {
    ...task,
    attempts: attempts.map((step) => redactStep(step, hide)),
    ...(driver === undefined ? {} : { driver: redactStep(driver, hide) }),
    ...(retry === undefined ? {} : { retry: withoutSecrets(retry, hide) }),
  };
}

function redactStep(step: StepEvidence, hide: Redact): StepEvidence {
  const { pods, log } = step;
  return {
    ...withoutSecrets(step, hide),
    pods: pods.map((pod) => redactPod(pod, hide)),
    ...(log === undefined ? {} : { log: redactLines(log, hide) }),
  };
}

function redactLines(lines: readonly string[], hide: Redact): readonly string[] {
  const keys = keyLines(lines);
  return lines.map((line, index) => (keys.has(index) ? secretMark : hide(line)));
}

function redactPod(pod: PodEvidence, hide: Redact): PodEvidence {
  return {
    ...withoutSecrets(pod, hide),
    conditions: pod.conditions.map((one) => withoutSecrets(one, hide)),
    containers: pod.containers.map((one) => redactContainer(one, hide)),
    events: pod.events.map((one) => withoutSecrets(one, hide)),
  };
}

function redactContainer(container: ContainerEvidence, hide: Redact): ContainerEvidence {
  const { state, last, image } = container;
  const shown = (one: ContainerState) => withoutSecrets(one, hide);
  return {
    ...container,
    ...(image === undefined ? {} : { image: hide(image) }),
    ...(state === undefined ? {} : { state: shown(state) }),
    ...(last === undefined ? {} : { last: shown(last) }),
  };
}
