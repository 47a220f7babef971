/** A server and how it is reached. */
export interface Endpoint {
  /** What people call the connection. */
  readonly name: string;
  /** `http://127.0.0.1:8888` or with a path before `/apis`, without a slash at its end. */
  readonly address: string;
  /** Whose pipelines and runs are meant, on a server for several users. */
  readonly namespace?: string;
  /** Where that is, in words, if the address tells nobody: "in the context “test”". */
  readonly where?: string | undefined;
}
