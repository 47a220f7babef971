import type { Artifact } from '../domain/artifact.ts';
import type { NamedRun, Run, RunId } from '../domain/run.ts';
import type { ObjectName } from '../ports/objectWrites.ts';

/** An artifact in the record of a run, and the task that wrote it there. */
export interface RecordedArtifact {
  readonly run: RunId;
  readonly task: string;
  readonly artifact: string;
  readonly type: string;
  readonly object: ObjectName;
  /** The run whose task wrote it, where this one took it from the cache and the record says whose it was. */
  readonly cachedFrom?: NamedRun;
  /** False where the task did not work in this run. */
  readonly worked: boolean;
}

/** What the record of a run says of objects. */
export function recordedArtifacts({ id, tasks }: Run): readonly RecordedArtifact[] {
  return tasks.flatMap((task) =>
    task.artifacts.flatMap((artifact) => {
      const object = objectOf(artifact);
      if (object === undefined) return [];
      const { cachedFrom } = task;
      return [
        {
          run: id,
          task: task.path,
          artifact: artifact.name,
          type: artifact.type,
          object,
          worked: cachedFrom === undefined && task.attempts > 0,
          ...(cachedFrom === undefined ? {} : { cachedFrom }),
        },
      ];
    }),
  );
}

const objectOf = ({ object }: Artifact) => object;

/** Whether a recorded artifact is the object, or a folder that it is in. */
export function isOf({ object }: RecordedArtifact, { bucket, key }: ObjectName): boolean {
  if (object.bucket !== bucket) return false;
  const folder = object.key.endsWith('/') ? object.key : `${object.key}/`;
  return object.key === key || key.startsWith(folder);
}

/** Whether people may mean it by the end of its key, or by its name as an artifact. */
export function isCalled({ object, artifact }: RecordedArtifact, name: string): boolean {
  const key = object.key.replace(/\/$/, '');
  return artifact === name || key === name || key.endsWith(`/${name}`);
}
