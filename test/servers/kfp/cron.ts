const highest = [59, 59, 23, 31, 12, 6];

/** Why a text is no schedule, in the words of the server's library; undefined when it is one. */
export function cronProblem(text: string): string | undefined {
  if (text === '') return 'Empty spec string';
  if (/^@(?:every \S+|yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(text)) return undefined;
  const fields = text.split(/\s+/);
  if (fields.length < 5 || fields.length > 6)
    return `Expected 5 to 6 fields, found ${fields.length}: ${text}`;
  const bounds = fields.length === 6 ? highest : highest.slice(1);
  for (const [index, field] of fields.entries())
    for (const number of field.match(/\d+/g) ?? []) {
      const most = bounds[index] ?? 59;
      if (Number(number) > most && !field.includes('/'))
        return `End of range (${number}) above maximum (${most}): ${field}`;
    }
  return undefined;
}
