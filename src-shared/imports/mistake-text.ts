import type { ImportMistake, Remedy } from './read-column.ts';

/** `row 7, column test_acc: there is no value.`, and what to do about it where it is shown. */
export function mistakeText(
  { place, column, message, remedy }: ImportMistake,
  where: keyof Remedy = 'command',
): string {
  const at = [place, column === null ? null : `column ${column}`].filter((part) => part !== null).join(', ');
  const said = remedy ? `${message} ${remedy[where]}` : message;
  return at === '' ? said : `${at}: ${said}`;
}
