/** Names as one text of an address, with commas between them; a comma in a name is another one. */
export function listText(names: readonly string[]): string {
  return names.map((name) => name.replaceAll('~', '~~').replaceAll(',', '~.')).join(',');
}

export function listOf(text: string): string[] {
  if (text === '') return [];
  return text.split(',').map((name) => name.replaceAll(/~([~.])/g, (_, mark) => (mark === '.' ? ',' : '~')));
}
