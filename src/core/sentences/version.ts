/** A version of a pipeline as it is said. */
export interface SaidVersion {
  readonly pipeline: string;
  readonly version: string;
}

const patterns = [
  /^(?<pipeline>.+)@(?<version>[^@]+)$/s,
  /^(?:the )?version (?<version>.+?) of (?<pipeline>.+)$/i,
  /^(?:the )?(?<version>newest|latest|last|first|oldest) version of (?<pipeline>.+)$/i,
  /^(?<pipeline>.+?),? (?:version |(?=v\d+$))(?<version>.+)$/i,
] as const;

/** "churn version 2", "churn v2", "version 2 of churn", "churn@v2"; undefined where no version is spoken of. */
export function splitVersion(text: string): SaidVersion | undefined {
  for (const pattern of patterns) {
    const { pipeline, version } = pattern.exec(text.trim())?.groups ?? {};
    if (pipeline !== undefined && version !== undefined)
      return { pipeline: pipeline.trim(), version: version.trim() };
  }
  return undefined;
}
