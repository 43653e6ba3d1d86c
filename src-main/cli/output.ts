import { withPlainSpaces } from '../../src-shared/numbers.ts';

/** Prints a value as JSON, for other programs to read: every text of it as it is. */
export function printJson(value: unknown): void {
  printAsIs(JSON.stringify(value, null, 2));
}

/** Prints what a user wrote, such as a tag, so that it can be given again. */
export function printAsIs(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints words of ours, with plain spaces, which people look for with `grep`. */
export function printLine(text = ''): void {
  process.stdout.write(`${withPlainSpaces(text)}\n`);
}

export type Alignment = 'left' | 'right';

export interface Column {
  readonly title: string;
  readonly align?: Alignment;
}

/** Prints a plain table: two spaces between columns, a rule under the titles, nothing to break a `grep`. */
export async function printTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const { default: Table } = await import('cli-table3');
  const edges = [
    'top',
    'top-left',
    'top-mid',
    'top-right',
    'bottom',
    'bottom-left',
    'bottom-mid',
    'bottom-right',
  ];
  const inner = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'];
  const table = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    chars: { ...Object.fromEntries([...edges, ...inner].map((name) => [name, ''])), middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  printLine(
    table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n'),
  );
}
