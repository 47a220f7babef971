import type { ConnectionId } from './connection.ts';
import type { JsonObject } from './json.ts';
import type { PipelineId, PipelineSource } from './pipeline.ts';
import type { NamedRun, RunId, RunState } from './run.ts';
import type { ScheduleId } from './schedule.ts';

/** Something that a result names, and its connection. `@mlops` makes references, buttons and its focus of these. */
export type Mention = Named & { readonly connection: ConnectionId };

/** Something of the connection that a call was made to. */
export type Named =
  | {
      readonly kind: 'pipeline';
      readonly id: PipelineId;
      readonly name: string;
      readonly source?: PipelineSource;
    }
  | {
      readonly kind: 'run';
      readonly id: RunId;
      readonly label: string;
      readonly state: RunState;
      readonly pipeline: string;
      /** The run it was compared with. */
      readonly against?: NamedRun;
      readonly failedTask?: string;
      /** True where the line is known that the task failed on. */
      readonly failedLine?: true;
      /** The task whose log shows why it failed; false where no log is known. */
      readonly log?: string | false;
      /** A failed run that may have been meant by the question why this one failed, which did not. */
      readonly lastFailed?: NamedRun;
      /** "bucket/prefix": the folder of what it made itself. */
      readonly bucket?: string;
    }
  | { readonly kind: 'task'; readonly run: RunId; readonly path: string }
  /** A run that the call deleted: nothing may refer to it any more. */
  | { readonly kind: 'deleted'; readonly run: RunId }
  | {
      readonly kind: 'schedule';
      readonly id: ScheduleId;
      readonly name: string;
      readonly pipeline: string;
      readonly enabled: boolean;
    }
  | { readonly kind: 'bucket'; readonly bucket: string; readonly prefix?: string }
  | { readonly kind: 'object'; readonly bucket: string; readonly key: string }
  /** A passage of the documentation: the citation of it, its file and the line of its heading, from 1. */
  | { readonly kind: 'passage'; readonly title: string; readonly file: string; readonly line: number }
  /** The call that shows the next page of a list. */
  | { readonly kind: 'more'; readonly tool: string; readonly input: JsonObject };

/** What one call named. Several runs (or else pipelines, buckets, objects) are a list, in the order in which it shows them. */
export interface CallMentions {
  /** True when the call changed something. */
  readonly writes: boolean;
  readonly mentions: readonly Mention[];
}

/** Things as they are in a connection, but for those that name another. */
export function mentioned(
  connection: ConnectionId,
  named: readonly (Named & { readonly connection?: ConnectionId })[],
): readonly Mention[] {
  return named.map((thing) => ({ ...thing, connection: thing.connection ?? connection }));
}
