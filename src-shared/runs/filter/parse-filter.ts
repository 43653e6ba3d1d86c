import { showValue } from '../../mistakes/show-value.ts';
import type { Column } from '../column.ts';
import { isOrdered } from '../../metrics/value-kind.ts';
import { nearestColumnName, resolveColumn } from '../resolve-column.ts';
import type { FilterNode, FilterValue, FreeText, Operator } from './filter-node.ts';
import type { Span } from './span.ts';
import { FilterProblem } from './filter-problem.ts';
import { isSearched, readLiteral } from './literal.ts';

const SPACE = /\s*/y;
const OR = /or(?=[\s("'-]|$)/iy;
const AND = /and(?=[\s("'-]|$)/iy;
const NOT = /not(?=[\s(])|-(?=\S)/iy;
const NAME_AND_OPERATOR = /([\p{L}\p{N}_][\p{L}\p{N}_.]*(?:\[\d+\])?)\s*(<=|>=|!=|==|<|>|=|:|≤|≥|≠)\s*/uy;
const NAME_IN = /([\p{L}\p{N}_][\p{L}\p{N}_.]*(?:\[\d+\])?)\s+(not\s+)?in\s*\(/iuy;
const BARE_VALUE = /[^\s(),"]+/y;
const BARE_WORD = /[^\s(),"<>=!:]+/y;

/** Characters of a filter: as many runs by their ids as a store has. */
const LONGEST = 2 ** 20;
/** Characters of a value. Looking for a text takes its length times that of what is searched, at worst. */
const LONGEST_VALUE = 1000;
/** Conditions that are tried one by one; names and numbers in a list are looked up, however many there are. */
const MOST_CONDITIONS = 1000;
const DEEPEST = 100;

/** What is wrong would be right with more behind it. */
const OPEN = { isOpen: true } as const;
/** Whatever follows. */
const WRONG = { isOpen: false } as const;

const SAME: Readonly<Record<string, Operator>> = { '==': '=', '≤': '<=', '≥': '>=', '≠': '!=' };

/**
 * Reads a filter of the table of runs:
 *
 *     sr<=0.25 state:complete tag:baseline study:demo* accuracy>80% lr in (0.1, 0.05) -tag:bad "free text"
 *
 * Conditions side by side (or joined by `and`) must all hold; `or` binds less than that, `not` or `-` more, and
 * parentheses group. `:` and `=` mean the same: the whole value, case aside, with `*` for anything in texts (in a
 * note a part is enough); of a list any entry. `none` stands for no value. An unset value satisfies no comparison
 * but `!=`.
 *
 * @throws FilterProblem saying which characters are wrong, why, and what was probably meant.
 */
export function parseFilter(text: string): FilterNode {
  return parseWith(new FilterReader(text));
}

/** The same with a reader of the caller's, which knows afterwards how far the text was understood. */
export function parseWith(reader: FilterReader): FilterNode {
  const { text } = reader;
  if (text.length > LONGEST) {
    const message = `the filter has more than ${LONGEST} characters.`;
    throw new FilterProblem(message, { start: LONGEST, end: text.length }, WRONG);
  }
  reader.skip();
  if (reader.position === text.length) return { kind: 'all', parts: [], start: 0, end: text.length };
  const filter = readAny(reader);
  if (reader.position < text.length) throw unexpected(reader);
  return filter;
}

/** The text and how far it has been read. */
export class FilterReader {
  readonly text: string;
  position = 0;
  /** Where the conditions end that stand in no parentheses, in their order. */
  readonly ends: number[] = [];
  #depth = 0;
  #conditions = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Reads what stands in parentheses or behind a negation. */
  nested(read: () => FilterNode): FilterNode {
    this.#depth += 1;
    if (this.#depth > DEEPEST) {
      const here = { start: this.position, end: this.position + 1 };
      throw new FilterProblem(`parentheses or negations are nested more than ${DEEPEST} deep.`, here, WRONG);
    }
    const node = read();
    this.#depth -= 1;
    return node;
  }

  /** Counts what has to be tried for each run by itself. */
  count(span: Span): void {
    this.#conditions += 1;
    if (this.#conditions > MOST_CONDITIONS)
      throw new FilterProblem(`there are more than ${MOST_CONDITIONS} conditions.`, span, WRONG);
  }

  end(node: FilterNode): FilterNode {
    if (this.#depth === 0) this.ends.push(node.end);
    return node;
  }

  skip(): void {
    this.take(SPACE);
  }

  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text);
    if (found) this.position = pattern.lastIndex;
    return found;
  }

  next(): string {
    return this.text.charAt(this.position);
  }
}

function readAny(reader: FilterReader): FilterNode {
  const parts = [readAll(reader)];
  while (reader.take(OR)) {
    reader.skip();
    parts.push(readAll(reader));
  }
  return joined('any', parts);
}

function readAll(reader: FilterReader): FilterNode {
  const parts = [reader.end(readNegation(reader))];
  for (;;) {
    reader.skip();
    if (reader.take(AND)) {
      reader.skip();
      parts.push(reader.end(readNegation(reader)));
    } else if (reader.next() === '' || reader.next() === ')' || looksAt(reader, OR)) {
      return joined('all', parts);
    } else {
      parts.push(reader.end(readNegation(reader)));
    }
  }
}

function looksAt(reader: FilterReader, pattern: RegExp): boolean {
  const { position } = reader;
  const found = reader.take(pattern) !== null;
  reader.position = position;
  return found;
}

function joined(kind: 'all' | 'any', parts: readonly FilterNode[]): FilterNode {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  return { kind, parts, start: first?.start ?? 0, end: parts.at(-1)?.end ?? 0 };
}

function readNegation(reader: FilterReader): FilterNode {
  const start = reader.position;
  if (!reader.take(NOT)) return readCondition(reader);
  reader.skip();
  const part = reader.nested(() => readNegation(reader));
  return { kind: 'not', part, start, end: part.end };
}

function readCondition(reader: FilterReader): FilterNode {
  const start = reader.position;
  if (reader.next() === '(') return readGroup(reader);
  reader.count({ start, end: start + 1 });
  const comparison = reader.take(NAME_AND_OPERATOR);
  if (comparison) return readComparison(reader, comparison, start);
  const membership = reader.take(NAME_IN);
  if (membership) return readMembership(reader, membership, start);
  return readText(reader);
}

function readGroup(reader: FilterReader): FilterNode {
  const start = reader.position;
  reader.position += 1;
  reader.skip();
  const inner = reader.nested(() => readAny(reader));
  if (reader.next() !== ')') {
    const unexpectedHere = reader.next() === '' ? null : unexpected(reader);
    throw (
      unexpectedHere ?? new FilterProblem('this parenthesis is not closed.', { start, end: start + 1 }, OPEN)
    );
  }
  reader.position += 1;
  return { ...inner, start, end: reader.position };
}

function readComparison(reader: FilterReader, found: RegExpExecArray, start: number): FilterNode {
  const [, name = '', sign = ''] = found;
  const column = columnOf(name, start);
  const operator = SAME[sign] ?? (sign as Operator);
  const signStart = start + found[0].indexOf(sign, name.length);
  const signSpan = { start: signStart, end: signStart + sign.length };
  if (/[<>]/.test(operator) && !isOrdered(column.kind)) {
    throw new FilterProblem(
      `there is no order of ${column.title}; use ":" or "!=" instead of ${sign}.`,
      signSpan,
    );
  }
  if (reader.next() === '(') {
    throw new FilterProblem(`several values are written as ${name} in (…).`, signSpan, {
      suggestion: `${name} in (…)`,
    });
  }
  const value = readValue(reader, column, `${name}${sign}`);
  if (value.literal.kind === 'none' && /[<>]/.test(operator)) {
    throw new FilterProblem('none can only be compared by = and !=.', value);
  }
  return { kind: 'comparison', name, column, operator, value, start, end: value.end };
}

function readMembership(reader: FilterReader, found: RegExpExecArray, start: number): FilterNode {
  const [, name = '', not] = found;
  const column = columnOf(name, start);
  const values: FilterValue[] = [];
  do {
    reader.skip();
    values.push(readValue(reader, column, `${name} in (`));
    reader.skip();
  } while (reader.take(/,/y));
  if (reader.next() !== ')') {
    const here = { start: reader.position, end: reader.position + 1 };
    throw new FilterProblem(`the list of ${name} needs commas between its values and a ) at its end.`, here);
  }
  reader.position += 1;
  const end = reader.position;
  const node = { kind: 'membership', name, column, values, start, end } as const;
  return not === undefined ? node : { kind: 'not', part: node, start, end };
}

function readValue(reader: FilterReader, column: Column, after: string): FilterValue {
  const start = reader.position;
  const quotation = readQuotation(reader);
  const text = quotation ?? reader.take(BARE_VALUE)?.[0];
  if (text === undefined) {
    throw new FilterProblem(`a value is missing after ${after}`, { start, end: start + 1 });
  }
  const span = { start, end: reader.position };
  const quoted = quotation !== null;
  requireShort(text, span);
  const literal = readLiteral(column, text, quoted, span);
  if (literal.kind === 'period' || (literal.kind === 'pattern' && isSearched(column, literal)))
    reader.count(span);
  return { text, quoted, literal, ...span };
}

function requireShort(text: string, span: Span): void {
  if (text.length > LONGEST_VALUE)
    throw new FilterProblem(`a value has at most ${LONGEST_VALUE} characters.`, span, WRONG);
}

/** The text between quotation marks, where a backslash takes the next character as it is; null if there are none. */
function readQuotation(reader: FilterReader): string | null {
  const { text, position: start } = reader;
  const mark = reader.next();
  if (mark !== '"' && mark !== "'") return null;
  let end = start + 1;
  while (end < text.length && text[end] !== mark) end += text[end] === '\\' ? 2 : 1;
  if (end >= text.length) {
    throw new FilterProblem('this quotation mark is not closed.', { start, end: text.length }, OPEN);
  }
  reader.position = end + 1;
  return text.slice(start + 1, end).replace(/\\(.)/gs, '$1');
}

function readText(reader: FilterReader): FreeText {
  const start = reader.position;
  const quotation = readQuotation(reader);
  const text = quotation ?? reader.take(BARE_WORD)?.[0];
  if (text === undefined) throw unexpected(reader);
  const span = { start, end: reader.position };
  if (quotation === null && /^(and|or|not|in)$/i.test(text)) {
    throw new FilterProblem(`a condition is missing beside ${text}.`, span, { suggestion: `"${text}"` });
  }
  requireShort(text, span);
  return { kind: 'text', text, quoted: quotation !== null, ...span };
}

function columnOf(name: string, start: number): Column {
  const column = resolveColumn(name);
  if (column) return column;
  const span: Span = { start, end: start + name.length };
  throw new FilterProblem(`there is no column ${showValue(name)}.`, span, {
    suggestion: nearestColumnName(name),
  });
}

function unexpected(reader: FilterReader): FilterProblem {
  const here = { start: reader.position, end: reader.position + 1 };
  const next = reader.next();
  if (next === '') return new FilterProblem('a condition is missing at the end.', here);
  if (next === ')') return new FilterProblem('this ) closes nothing.', here, WRONG);
  if (next === ',') return new FilterProblem('several values are written as name in (a, b).', here, WRONG);
  return new FilterProblem(`the name of a column is missing before ${next}.`, here, WRONG);
}
