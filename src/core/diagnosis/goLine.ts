/** A line of a program in Go, as the launcher and Argo write them. */
export const goLine =
  /^[IWEF](?:\d{4} [\d:.]+\s+\d+)? ?[\w.-]+\.go:\d+\]|^time="[^"]*" level=|^Error: exit status \d+/;
