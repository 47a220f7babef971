/**
 * The settings in which an untrusted workspace has no say. They are read at activation, when the descriptions of all settings need
 * not be loaded; a test compares them with the rows of `settings`.
 */
export const settingsNeedingTrust: readonly string[] = [
  'mlops.connections',
  'mlops.local.home',
  'mlops.local.sharedHome',
  'mlops.local.python',
  'mlops.local.environment',
  'mlops.local.passEnvironment',
  'mlops.local.allowInsecureIndexes',
];
