export const EDITORS: Readonly<Record<string, string>>;
export const NEWEST_EDITOR: string;
export const OLDEST_EDITOR: string;
export function ensureEditor(version?: string): Promise<{ version: string; folder: string; node: string }>;
