export function pinned(list: 'kfp' | 'kfpSource' | 'ruff' | 'tools'): readonly string[];
