import { showValue } from '../../mistakes/show-value.ts';
import { nearestName } from '../../mistakes/nearest-name.ts';
import { RUN_STATES } from '../../studies/run-state.ts';
import type { Column } from '../column.ts';
import { isNumeric } from '../../metrics/value-kind.ts';
import { typedNumber } from '../typed-number.ts';
import { FilterProblem } from './filter-problem.ts';
import type { Span } from './span.ts';

/** What a value in a filter means for its column. */
export type Literal =
  | { readonly kind: 'number'; readonly value: number }
  /** Milliseconds since 1970, `to` not included: a day, a minute, as exactly as it was written. */
  | { readonly kind: 'period'; readonly from: number; readonly to: number }
  | Pattern
  /** No value; in a column of text also the text `none`. */
  | { readonly kind: 'none' };

/** In lower case, compared case aside; `*` stands for anything unless the value was quoted. */
export interface Pattern {
  readonly kind: 'pattern';
  readonly text: string;
  readonly wildcards: boolean;
}

/** Whether a value is searched for a pattern; otherwise the pattern is the value itself, which can be looked up. */
export function isSearched({ key }: Column, { wildcards }: Pattern): boolean {
  return wildcards || key === 'note';
}

/**
 * Reads a value for a column: numbers (`0.25`, `80%`, `1.2M`), bytes (`500MB`, `1.5GiB`), durations (`90s`, `5min`,
 * `2h`), dates (`2026-01`, `2026-01-31`, `2026-01-31T12:00`; local time unless it ends with Z), states and texts.
 *
 * @throws FilterProblem for a value that the column cannot have.
 */
export function readLiteral(column: Column, text: string, quoted: boolean, span: Span): Literal {
  if (!quoted && text.toLowerCase() === 'none') return { kind: 'none' };
  if (isNumeric(column.kind)) return { kind: 'number', value: readNumber(column, text, span) };
  if (column.kind === 'date') return readPeriod(column, text, span);
  if (column.kind === 'any' && !quoted && NUMBER.test(text))
    return { kind: 'number', value: readNumber(column, text, span) };
  const wildcards = !quoted && text.includes('*');
  if (column.kind === 'state' && !wildcards) requireState(text, span);
  return { kind: 'pattern', text: text.toLowerCase(), wildcards };
}

/** In a column of numbers or texts a unit would be part of a text. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

function readNumber(column: Column, text: string, span: Span): number {
  const read = typedNumber(column, text);
  if (typeof read === 'number') return read;
  throw new FilterProblem(read.message, span, { suggestion: read.suggestion });
}

const DATE = /^(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d))?(Z)?)?)?)?$/;

function readPeriod(column: Column, text: string, span: Span): Literal {
  const found = DATE.exec(text);
  if (!found) {
    const form = '2026-01, 2026-01-31 or 2026-01-31T12:00';
    throw new FilterProblem(`${column.title} is a date such as ${form}, not ${showValue(text)}.`, span);
  }
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
  const given = found.slice(1, 7).filter((part: string | undefined) => part !== undefined).length;
  const fields = [year, month - 1, day, hour, minute, second] as const;
  const time = found[7] === undefined ? localTime : Date.UTC;
  const next = fields.map((value, place) => (place === given - 1 ? value + 1 : value));
  const calendar = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const shown = [calendar.getUTCMonth() + 1, calendar.getUTCDate(), calendar.getUTCHours()];
  if (shown.join() !== [month, day, hour].join() || minute > 59 || second > 59) {
    throw new FilterProblem(`${text} is not a date.`, span);
  }
  const [a = 0, b = 0, c = 1, d = 0, e = 0, f = 0] = next;
  return { kind: 'period', from: time(...fields), to: time(a, b, c, d, e, f) };
}

function localTime(
  ...[year, month, day, hour, minute, second]: readonly [number, number, number, number, number, number]
): number {
  return new Date(year, month, day, hour, minute, second).getTime();
}

function requireState(text: string, span: Span): void {
  if (RUN_STATES.some((state) => state === text.toLowerCase())) return;
  const nearest = nearestName(text, RUN_STATES);
  throw new FilterProblem(
    `there is no state ${showValue(text)}; the states are ${RUN_STATES.join(', ')}.`,
    span,
    { suggestion: nearest },
  );
}
