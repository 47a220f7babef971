import type { ConnectionId } from './connection.ts';
import type { JsonObject } from './json.ts';
import type { PipelineId, PipelineSource } from './pipeline.ts';
import type { NamedRun, RunId, RunState } from './run.ts';

/** A thing that a result names, and where it is. `@mlops` makes references, buttons and its memory of these. */
export type Mention = Named & { readonly connection: ConnectionId };

/** A thing of the connection that a call was made to. */
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
      /** The task whose log says why it failed; false where it is not known to have any log. */
      readonly log?: string | false;
      /** The run that may have been meant by who asked why this one failed, which did not. */
      readonly lastFailed?: RunId;
    }
  | { readonly kind: 'task'; readonly run: RunId; readonly path: string }
  | { readonly kind: 'bucket'; readonly bucket: string; readonly prefix?: string }
  | { readonly kind: 'object'; readonly bucket: string; readonly key: string }
  /** The call that shows what comes after a list's page. */
  | { readonly kind: 'more'; readonly tool: string; readonly input: JsonObject };

/** Things as they are in a connection. */
export function mentioned(connection: ConnectionId, named: readonly Named[]): readonly Mention[] {
  return named.map((one) => ({ ...one, connection }));
}
