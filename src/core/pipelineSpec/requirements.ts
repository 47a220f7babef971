/** The package's name as PyPI compares names: lower case, with dashes. */
export function requirementName(requirement: string): string {
  if (requirement.includes('subdirectory=sdk/python')) return 'kfp';
  if (/^[a-z+]+:/i.test(requirement) || requirement.includes('/'))
    return requirement.split(/\s*@\s*(?=[a-z+]+:)/i)[0] ?? requirement;
  const name = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(requirement)?.[1] ?? requirement;
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
