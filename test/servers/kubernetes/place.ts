/** How a running cluster is reached: plain data, for other processes, too. */
export interface ClusterPlace {
  /** `https://127.0.0.1:40123`. */
  readonly server: string;
  /** The file of the certificate that vouches for it. */
  readonly ca: string;
  /** The token of a person who may do everything, and of one who may do nothing until a test grants it. */
  readonly admin: string;
  readonly guest: string;
}
