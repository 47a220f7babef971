import type { PythonComponent } from '../pipelineSpec/pythonComponent.ts';

/** What a cluster knows of the programs of a run, for a diagnosis. Times are milliseconds since 1970. All text is from outside. */
export interface RunEvidence {
  readonly tasks: readonly TaskEvidence[];
  readonly workflow: WorkflowEvidence | undefined;
  /** When somebody asked it to stop, where the backend tells. */
  readonly stopAskedAt?: number;
  readonly unseen: readonly Unseen[];
}

/** What could not be read: "its pods and their events, since this connection has no access to Kubernetes". */
export interface Unseen {
  readonly text: string;
  /** The task that it is about; left out: the whole run. */
  readonly task?: string;
}

/** The state of a run's workflow as a whole. */
export interface WorkflowEvidence {
  readonly phase?: string;
  readonly message?: string;
  /** The longest time that it may take, in seconds; 0 once it was told to end. */
  readonly deadlineSeconds?: number;
  /** The way in which it was told to end: `Terminate`, `Stop`. */
  readonly shutdown?: string;
  readonly suspended: boolean;
}

/** The programs of one task. */
export interface TaskEvidence {
  /** Path of the task; empty for the run itself, which begins with a program of its own. */
  readonly path: string;
  /** True when its results were taken from an earlier run. */
  readonly cached: boolean;
  /** What works out its inputs and whether it runs at all. */
  readonly driver?: StepEvidence;
  /** The attempts at its own program, in their order. */
  readonly attempts: readonly StepEvidence[];
  /** What holds the attempts of a task that may be retried. */
  readonly retry?: NodeEvidence;
  /** The Python of its component, to which lines of a traceback refer. */
  readonly python?: PythonComponent;
  /** The tasks of which it takes artifacts, by the artifact's name. */
  readonly artifactsFrom: { readonly [artifact: string]: string };
}

/** A step of a workflow: its state and the reason for it. */
export interface NodeEvidence {
  readonly phase: string;
  readonly message: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** A program with what is known of the pods that ran it. */
export interface StepEvidence extends NodeEvidence {
  /** Empty where none was seen. */
  readonly pods: readonly PodEvidence[];
  /** The last lines that it printed; undefined where they were not read or are gone. */
  readonly log?: readonly string[];
}

/** A pod as Kubernetes tells it. */
export interface PodEvidence {
  readonly name: string;
  /** The name and the id of the workflow's node that it runs, where its annotations say so. */
  readonly node?: string;
  readonly nodeId?: string;
  /** Absent for a pod that is gone, of which only events are left. */
  readonly phase?: string;
  readonly reason?: string;
  readonly message?: string;
  /** When somebody began to delete it. */
  readonly deletedAt?: number;
  readonly conditions: readonly PodCondition[];
  readonly containers: readonly ContainerEvidence[];
  /** Oldest first. */
  readonly events: readonly PodEvent[];
  readonly deadlineSeconds?: number;
}

export interface PodCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** A container of a pod. */
export interface ContainerEvidence {
  readonly name: string;
  /** True for one that prepares the pod before the program starts. */
  readonly init: boolean;
  readonly image?: string;
  readonly memoryLimit?: string;
  readonly state?: ContainerState;
  /** How it ended the time before. */
  readonly last?: ContainerState;
}

export interface ContainerState {
  readonly kind: 'waiting' | 'running' | 'terminated';
  readonly reason?: string;
  readonly message?: string;
  readonly exitCode?: number;
}

export interface PodEvent {
  readonly warning: boolean;
  readonly reason: string;
  readonly message: string;
  readonly times: number;
  readonly at?: number;
}
