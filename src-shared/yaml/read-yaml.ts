import { LineCounter, type ErrorCode, type YAMLError } from 'yaml';
import { placeMistakes } from '../mistakes/first-mistakes.ts';
import type { Path, PlacedMistake } from '../mistakes/mistake.ts';
import { composeDocument } from './compose-document.ts';
import { keyOffset } from './key-offset.ts';
import { mistakeAt, type OffsetMistake } from './offset-mistake.ts';
import { plainValue } from './plain-value.ts';

/** What the package says in terms of its own, in those of who wrote the file. */
const MESSAGES: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab cannot indent a line in YAML; use spaces.',
  BAD_ALIAS: 'an anchor (&) or alias (*) needs a name.',
  RESOURCE_EXHAUSTION: 'lists and maps are nested too deeply.',
};

export type YamlReading =
  | {
      readonly ok: true;
      /** Plain data: maps as objects, whose own keys are those of the file. */
      readonly value: unknown;
      /** The line of what stands at a path, counted from 1; of the longest part of the path that the file has. */
      readonly lineOf: (path: Path) => number | null;
    }
  | { readonly ok: false; readonly mistakes: readonly PlacedMistake[] };

/** More than a file of the largest size has without aliases. */
const MOST_VALUES = 1_000_000;

/**
 * Reads one YAML document (1.2, by the pure JavaScript package `yaml`) as plain data, or says what keeps it from being
 * one and on which lines. Anchors, aliases and merge keys are resolved; what grows without end by them is refused, as are
 * tags and a second document. Never throws, whatever the text is.
 *
 * @param most values that aliases may make of it
 */
export function readYaml(text: string, most = MOST_VALUES): YamlReading {
  const lines = new LineCounter();
  const lineAt = (offset: number | null): number | null =>
    offset === null ? null : lines.linePos(offset).line;
  const fail = (mistakes: readonly OffsetMistake[]): YamlReading => ({
    ok: false,
    mistakes: placeMistakes(mistakes, ({ offset }) => lineAt(offset)),
  });
  const document = composeDocument(text, lines);
  if ('message' in document) return fail([document]);
  const { errors, contents } = document;
  if (errors.length > 0) return fail(errors.map((error) => mistakeAt(error.pos[0], syntaxMessage(error))));
  if (!contents) return fail([mistakeAt(null, 'it is empty.')]);
  const { value, mistakes, targets } = plainValue(contents, most);
  if (mistakes.length > 0) return fail(mistakes);
  return { ok: true, value, lineOf: (path) => lineAt(keyOffset(contents, path, targets)) };
}

/** One sentence about what is no YAML. */
function syntaxMessage({ code, message }: YAMLError): string {
  return MESSAGES[code] ?? `${message}.`;
}
