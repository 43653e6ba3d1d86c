import type { Answer } from './api/index.ts';

/** Media type of an answer in lines. */
export const LINES_TYPE = 'application/x-kindling-lines';

/** Items of a list in one line: some milliseconds of reading. */
const ITEMS = 200;

/** Requests whose answers are so long that who shows them reads them piece by piece, where it asks for lines. */
const LONG: readonly string[] = ['runs.table'];

export function canComeInLines(name: string): boolean {
  return LONG.includes(name);
}

/** An answer as lines of JSON: itself with the lists of its result empty, then `[name of the list, some of its items]` in order. */
export function toLines(answer: Answer<unknown>): string {
  if (!answer.ok || typeof answer.result !== 'object' || answer.result === null)
    return JSON.stringify(answer);
  const lists = Object.entries(answer.result).filter((field): field is [string, unknown[]] =>
    Array.isArray(field[1]),
  );
  const empty = Object.fromEntries(lists.map(([name]) => [name, []]));
  const head = { ok: true, result: { ...answer.result, ...empty } };
  const parts = lists.flatMap(([name, items]) =>
    Array.from({ length: Math.ceil(items.length / ITEMS) }, (_, part) => [
      name,
      items.slice(part * ITEMS, (part + 1) * ITEMS),
    ]),
  );
  return [head, ...parts].map((line) => JSON.stringify(line)).join('\n');
}

export interface LineReader {
  /** Without its end. @throws SyntaxError for what is no JSON */
  readonly take: (line: string) => void;
  /** Of all that was taken. @throws Error before the first line */
  readonly answer: () => Answer<unknown>;
}

/** Reads an answer line by line, so that the reader can do something else in between. */
export function lineReader(): LineReader {
  let answer: Answer<unknown> | null = null;
  return {
    take(line) {
      if (answer === null) answer = JSON.parse(line) as Answer<unknown>;
      else if (answer.ok) {
        const [name, items] = JSON.parse(line) as [string, unknown[]];
        (answer.result as Record<string, unknown[]>)[name]?.push(...items);
      }
    },
    answer() {
      if (answer === null) throw new Error('an answer without a line');
      return answer;
    },
  };
}
