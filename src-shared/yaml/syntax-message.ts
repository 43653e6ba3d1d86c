import type { ErrorCode, YAMLError } from 'yaml';

/** What the package says in terms of its own, in those of who wrote the file. */
const MESSAGES: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab cannot indent a line in YAML; use spaces.',
  BAD_ALIAS: 'an anchor (&) or alias (*) needs a name.',
  RESOURCE_EXHAUSTION: 'too many lists and maps stand inside each other.',
};

/** One sentence about what is no YAML. */
export function syntaxMessage({ code, message }: YAMLError): string {
  return MESSAGES[code] ?? `${message}.`;
}
