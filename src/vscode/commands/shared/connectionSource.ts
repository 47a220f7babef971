import type { JsonObject } from '../../../core/domain/json.ts';
import type { Inputs } from '../../window/inputs.ts';

/** What a connection is added from. */
export interface ConnectionSource {
  readonly label: string;
  readonly detail: string;
  /** A row for the setting `mlops.connections`, with or without a name; undefined when the person leaves. */
  ask(inputs: Inputs): Promise<DraftRow | undefined>;
}

export interface DraftRow {
  readonly row: JsonObject;
  /** True where somebody else may have written it, so that the person sees where it leads before anything is sent. */
  readonly isForeign: boolean;
}
