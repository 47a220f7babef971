/** Where an S3 endpoint is. */
export interface S3Address {
  /** The connection's name, for messages. */
  readonly name: string;
  /** `http://127.0.0.1:9000`; without a path. */
  readonly endpoint: string;
  /** Where that is in words, for a store that is reached by a way of its own; left out: the endpoint. */
  readonly where?: string;
  readonly region: string;
  /** True: the bucket is in the path; false: in the name of the host. */
  readonly pathStyle: boolean;
  /** A certificate authority of one's own, as PEM. */
  readonly authority?: string;
}
