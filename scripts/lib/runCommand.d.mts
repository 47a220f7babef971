export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs?: number;
  readonly onOutput?: (piece: string) => void;
}
export function runCommand(
  command: string,
  args: readonly string[],
  options?: CommandOptions,
): Promise<{ code: number; output: string }>;
export function mustRun(command: string, args: readonly string[], options?: CommandOptions): Promise<string>;
export function endProcessGroup(pid: number | undefined, signal: string): void;
