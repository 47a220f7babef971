import type { ContainerEvidence, PodEvent, PodEvidence, StepEvidence } from '../ports/runEvidence.ts';
import type { Quote } from './finding.ts';

/** A reason that something gave for the state of a step. */
export interface Sign extends Quote {
  /** The word for it, such as `OOMKilled` or `FailedMount`; empty where there is none. */
  readonly reason: string;
  readonly message: string;
  readonly container?: string;
  readonly exitCode?: number;
}

/** The container that runs a step's own program. */
export const mainContainer = 'main';

/** Every reason that is given for the state of a step: by the workflow, its pods, their containers and events. */
export function signsOf(step: StepEvidence): readonly Sign[] {
  const pod = podOf(step);
  return [
    ...(pod === undefined ? [] : podSigns(pod)),
    ...(step.message === '' ? [] : [nodeSign(step.message)]),
    ...(pod === undefined ? [] : eventSigns(pod)),
  ];
}

/** The pod that tells the most of a step: the last of those that are there, else the last that is gone. */
export function podOf({ pods }: StepEvidence): PodEvidence | undefined {
  return pods.findLast(({ phase }) => phase !== undefined) ?? pods.at(-1);
}

/** True where the step's own program was started, so that nothing before it can be the cause. */
export function hasBegun(step: StepEvidence): boolean {
  const pod = podOf(step);
  const main = pod?.containers.find(({ name }) => name === mainContainer);
  const states = [main?.state, main?.last];
  if (states.some((state) => state?.kind === 'running')) return true;
  if (states.some((state) => state?.kind === 'terminated' && !isStartError(state.reason))) return true;
  const sign = nodeSign(step.message);
  const ofMain = sign.container === undefined || sign.container === mainContainer;
  return sign.exitCode !== undefined && ofMain && !isStartError(sign.reason);
}

/** Reasons of a container that ended before its program began. */
export const startErrors = ['StartError', 'ContainerCannotRun', 'RunContainerError', 'CreateContainerError'];

const isStartError = (reason = '') => startErrors.includes(reason);

const ended =
  /^(?:(?<container>[\w.-]+): )?(?<reason>\w+) \(exit code (?<code>\d+)\)(?:: (?<message>[\s\S]*))?$/;
const early = /^Pod failed before main container starts due to (?<reason>\w+)(?:: (?<message>[\s\S]*))?$/;
const worded = /^(?<reason>[A-Z][a-z]+(?:[A-Z]+[a-z]*)*): (?<message>[\s\S]*)$/;
const oldExit = /^failed with exit code (?<code>\d+)$/;

/** True for a container of the step's own program that ended and was started again, or is about to be. */
export function wasRestarted({ name, last }: ContainerEvidence): boolean {
  return name === mainContainer && last?.kind === 'terminated';
}

/** What keeps a step from beginning, in the words of the cluster; undefined where nothing is said to. */
export function waitText(step: StepEvidence): string | undefined {
  if (step.phase !== 'Pending' || hasBegun(step)) return undefined;
  const text = signsOf(step).find((sign) => !beginning.has(sign.text))?.text;
  return text?.replace(preemption, '');
}

/** The scheduler adds that making room would not help either. */
const preemption = /\s*preemption: [\s\S]*$/;

/** What a workflow's node says, taken apart: "main: OOMKilled (exit code 137)", "ImagePullBackOff: Back-off …". */
function nodeSign(text: string): Sign {
  const whole = { from: 'The workflow', text, reason: '', message: text };
  const coded = (ended.exec(text) ?? oldExit.exec(text))?.groups;
  if (coded !== undefined) {
    const { container, reason = '', code, message = '' } = coded;
    const named = container === undefined ? {} : { container };
    return { ...whole, reason, message, exitCode: Number(code), ...named };
  }
  const { reason = '', message = text } = (early.exec(text) ?? worded.exec(text))?.groups ?? {};
  return { ...whole, reason, message };
}

function podSigns(pod: PodEvidence): readonly Sign[] {
  const { reason = '', message = '', conditions, containers } = pod;
  const own = reason === '' && message === '' ? [] : [sign('The pod', { reason, message })];
  const conditionSigns = conditions
    .filter(({ type, status }) => (type === 'DisruptionTarget') === (status === 'True'))
    .filter(({ type }) => type === 'DisruptionTarget' || type === 'PodScheduled')
    .map((condition) => sign('The pod', condition));
  return [...own, ...conditionSigns, ...containers.flatMap(containerSigns)];
}

function containerSigns({ name, state, last }: ContainerEvidence): readonly Sign[] {
  return [state, last].flatMap((one) => {
    if (one === undefined || one.kind === 'running') return [];
    const { reason = '', message = '', exitCode } = one;
    if (one.kind === 'terminated' && exitCode === 0) return [];
    if (one.kind === 'waiting' && beginning.has(reason)) return [];
    return [sign(`The container ${name}`, { reason, message, exitCode, container: name })];
  });
}

/** Reasons of a container that is merely being started. */
const beginning = new Set(['', 'PodInitializing', 'ContainerCreating']);

/** Normal events that nevertheless say what is wrong. */
const telling = new Set([
  'BackOff',
  'Killing',
  'NotTriggerScaleUp',
  'Preempted',
  'TaintManagerEviction',
  'WaitForFirstConsumer',
]);

/** What is over once another event has come at the same time or later. */
const overcome: { readonly [reason: string]: readonly string[] } = {
  FailedScheduling: ['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started'],
  NotTriggerScaleUp: ['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started'],
  FailedMount: ['Pulling', 'Pulled', 'Created', 'Started'],
  FailedAttachVolume: ['SuccessfulAttachVolume', 'Pulling', 'Pulled', 'Created', 'Started'],
  FailedCreatePodSandBox: ['Pulling', 'Pulled', 'Created', 'Started'],
};

function eventSigns({ events }: PodEvidence): readonly Sign[] {
  const isOver = ({ reason, at = 0 }: PodEvent) =>
    events.some((other) => (overcome[reason] ?? []).includes(other.reason) && (other.at ?? 0) >= at);
  return events
    .filter((event) => (event.warning || telling.has(event.reason)) && !isOver(event))
    .toReversed()
    .map((event) => sign('An event of its pod', event));
}

function sign(
  from: string,
  {
    reason = '',
    message = '',
    exitCode,
    container,
  }: {
    readonly reason?: string | undefined;
    readonly message?: string | undefined;
    readonly exitCode?: number | undefined;
    readonly container?: string | undefined;
  },
): Sign {
  const coded = exitCode === undefined ? '' : ` (exit code ${exitCode})`;
  const head = `${reason}${coded}`.trim();
  return {
    from,
    text: [head, message].filter((part) => part !== '').join(': '),
    reason,
    message,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(container === undefined ? {} : { container }),
  };
}

/** The signs that fit, as quotes: each text once, at most three. */
export function quotesOf(signs: readonly Sign[]): readonly Quote[] {
  const texts = new Map(signs.map(({ text, from }) => [text, from] as const).toReversed());
  return [...texts]
    .toReversed()
    .slice(0, 3)
    .map(([text, from]) => ({ from, text }));
}
