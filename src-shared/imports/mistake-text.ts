import type { ImportMistake, Remedy } from './read-column.ts';

/** `row 7, column test_acc: there is no value.` */
export function mistakeText({ place, column, message }: ImportMistake): string {
  const at = [place, column === null ? null : `column ${column}`].filter((part) => part !== null).join(', ');
  return at === '' ? message : `${at}: ${message}`;
}

/** What to do about them where they are shown, each thing once. */
export function remedyTexts(mistakes: readonly ImportMistake[], where: keyof Remedy): string[] {
  return [...new Set(mistakes.flatMap(({ remedy }) => (remedy ? [remedy[where]] : [])))];
}
