import type { JsonObject } from './json.ts';

/** A file or folder that a task wrote. */
export interface Artifact {
  readonly name: string;
  /** The schema's title without `system.`: Dataset, Model, Metrics, ClassificationMetrics, HTML, Markdown, Artifact. */
  readonly type: string;
  readonly uri: string;
  readonly metadata: JsonObject;
  /** Its object in the store, if it is there. A key that ends in `/` is a folder. */
  readonly object?: { readonly bucket: string; readonly key: string };
}

/** One figure of a metrics artifact. */
export interface Metric {
  readonly name: string;
  readonly value: number | string | boolean;
  readonly task: string;
  readonly artifact: string;
}
