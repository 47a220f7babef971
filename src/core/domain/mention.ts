import type { JsonObject } from './json.ts';
import type { PipelineSource, PipelineId } from './pipeline.ts';
import type { RunId, RunState } from './run.ts';

/** A thing that a result names. `@mlops` makes references, buttons and its memory of these. */
export type Mention =
  | {
      readonly kind: 'pipeline';
      readonly id: PipelineId;
      readonly name: string;
      readonly source?: PipelineSource;
    }
  | {
      readonly kind: 'run';
      readonly id: RunId;
      readonly state: RunState;
      readonly pipeline: string;
      /** The run it was compared with. */
      readonly against?: RunId;
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
