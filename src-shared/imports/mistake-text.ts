import type { ImportMistake } from './read-column.ts';

/** `row 7, column test_acc: there is no value.` */
export function mistakeText({ place, column, message }: ImportMistake): string {
  const where = [place, column === null ? null : `column ${column}`]
    .filter((part) => part !== null)
    .join(', ');
  return where === '' ? message : `${where}: ${message}`;
}
