import { isOrdered, type Column } from '../column.ts';
import { nearestColumnName, resolveColumn } from '../resolve-column.ts';
import type { FilterNode, FilterValue, FreeText, Operator, Span } from './filter-node.ts';
import { FilterProblem } from './filter-problem.ts';
import { readLiteral } from './literal.ts';

const SPACE = /\s*/y;
const OR = /or(?=[\s("'-]|$)/iy;
const AND = /and(?=[\s("'-]|$)/iy;
const NOT = /not(?=[\s(])|-(?=\S)/iy;
const NAME_AND_OPERATOR = /([\p{L}\p{N}_][\p{L}\p{N}_.]*(?:\[\d+\])?)\s*(<=|>=|!=|==|<|>|=|:|≤|≥|≠)\s*/uy;
const NAME_IN = /([\p{L}\p{N}_][\p{L}\p{N}_.]*(?:\[\d+\])?)\s+(not\s+)?in\s*\(/iuy;
const QUOTED = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y;
const BARE_VALUE = /[^\s(),"]+/y;
const BARE_WORD = /[^\s(),"<>=!:]+/y;

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
  const reader = new Reader(text);
  reader.skip();
  if (reader.position === text.length) return { kind: 'all', parts: [], start: 0, end: text.length };
  const filter = readAny(reader);
  if (reader.position < text.length) throw unexpected(reader);
  return filter;
}

/** The text and how far it has been read. */
class Reader {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
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

function readAny(reader: Reader): FilterNode {
  const parts = [readAll(reader)];
  while (reader.take(OR)) {
    reader.skip();
    parts.push(readAll(reader));
  }
  return joined('any', parts);
}

function readAll(reader: Reader): FilterNode {
  const parts = [readNegation(reader)];
  for (;;) {
    reader.skip();
    if (reader.take(AND)) {
      reader.skip();
      parts.push(readNegation(reader));
    } else if (reader.next() === '' || reader.next() === ')' || looksAt(reader, OR)) {
      return joined('all', parts);
    } else {
      parts.push(readNegation(reader));
    }
  }
}

function looksAt(reader: Reader, pattern: RegExp): boolean {
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

function readNegation(reader: Reader): FilterNode {
  const start = reader.position;
  if (!reader.take(NOT)) return readCondition(reader);
  reader.skip();
  const part = readNegation(reader);
  return { kind: 'not', part, start, end: part.end };
}

function readCondition(reader: Reader): FilterNode {
  const start = reader.position;
  if (reader.next() === '(') return readGroup(reader);
  const comparison = reader.take(NAME_AND_OPERATOR);
  if (comparison) return readComparison(reader, comparison, start);
  const membership = reader.take(NAME_IN);
  if (membership) return readMembership(reader, membership, start);
  return readText(reader);
}

function readGroup(reader: Reader): FilterNode {
  const start = reader.position;
  reader.position += 1;
  reader.skip();
  const inner = readAny(reader);
  if (reader.next() !== ')') {
    throw new FilterProblem('this parenthesis is never closed.', { start, end: start + 1 });
  }
  reader.position += 1;
  return inner;
}

function readComparison(reader: Reader, found: RegExpExecArray, start: number): FilterNode {
  const [, name = '', sign = ''] = found;
  const column = columnOf(name, start);
  const operator = SAME[sign] ?? (sign as Operator);
  const signStart = start + found[0].indexOf(sign, name.length);
  const signSpan = { start: signStart, end: signStart + sign.length };
  if (/[<>]/.test(operator) && !isOrdered(column.kind)) {
    throw new FilterProblem(`${column.title} has no order; use ":" or "!=" instead of ${sign}.`, signSpan);
  }
  if (reader.next() === '(') {
    throw new FilterProblem(`several values are written as ${name} in (…).`, signSpan, `${name} in (…)`);
  }
  const value = readValue(reader, column, `${name}${sign}`);
  if (value.literal.kind === 'none' && /[<>]/.test(operator)) {
    throw new FilterProblem('none can only be compared by = and !=.', value);
  }
  return { kind: 'comparison', name, column, operator, value, start, end: value.end };
}

function readMembership(reader: Reader, found: RegExpExecArray, start: number): FilterNode {
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
    throw new FilterProblem(`the list of ${name} needs a comma between its values and a ) at its end.`, here);
  }
  reader.position += 1;
  const end = reader.position;
  const node = { kind: 'membership', name, column, values, start, end } as const;
  return not === undefined ? node : { kind: 'not', part: node, start, end };
}

function readValue(reader: Reader, column: Column, after: string): FilterValue {
  const start = reader.position;
  const quotation = readQuotation(reader);
  const text = quotation ?? reader.take(BARE_VALUE)?.[0];
  if (text === undefined) {
    throw new FilterProblem(`a value is missing after ${after}`, { start, end: start + 1 });
  }
  const span = { start, end: reader.position };
  const quoted = quotation !== null;
  return { text, quoted, literal: readLiteral(column, text, quoted, span), ...span };
}

/** The text between quotation marks; null if there are none. */
function readQuotation(reader: Reader): string | null {
  const start = reader.position;
  const mark = reader.next();
  if (mark !== '"' && mark !== "'") return null;
  const found = reader.take(QUOTED);
  if (!found) throw new FilterProblem('this quotation is never closed.', { start, end: reader.text.length });
  return (found[1] ?? found[2] ?? '').replace(/\\(.)/gs, '$1');
}

function readText(reader: Reader): FreeText {
  const start = reader.position;
  const quotation = readQuotation(reader);
  const text = quotation ?? reader.take(BARE_WORD)?.[0];
  if (text === undefined) throw unexpected(reader);
  const span = { start, end: reader.position };
  if (quotation === null && /^(and|or|not|in)$/i.test(text)) {
    throw new FilterProblem(`a condition is missing beside ${text}.`, span, `"${text}"`);
  }
  return { kind: 'text', text, quoted: quotation !== null, ...span };
}

function columnOf(name: string, start: number): Column {
  const column = resolveColumn(name);
  if (column) return column;
  const span: Span = { start, end: start + name.length };
  throw new FilterProblem(`there is no column ${JSON.stringify(name)}.`, span, nearestColumnName(name));
}

function unexpected(reader: Reader): FilterProblem {
  const here = { start: reader.position, end: reader.position + 1 };
  const next = reader.next();
  if (next === '') return new FilterProblem('a condition is missing at the end.', here);
  if (next === ')') return new FilterProblem('this ) closes nothing.', here);
  if (next === ',') return new FilterProblem('several values are written as name in (a, b).', here);
  return new FilterProblem(`the name of a column is missing before ${next}.`, here);
}
