/** Names in a sentence, at most `most`, and how many more there are: "a, b and 2 more". */
export function someNames(names: readonly string[], most = 4): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** "Could not be read: a, b, c and 2 more."; empty when all could. */
export function unreadText(unread: readonly string[]): string {
  return unread.length === 0 ? '' : `Could not be read: ${someNames(unread, 3)}.`;
}
