/** The extension's own log. One line each; secrets are redacted by the implementation. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
