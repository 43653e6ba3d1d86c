/** More would be a list that nobody reads. */
const MOST = 8;

/** The letters of a text that `has` does not know, each once, as they come. */
export function lostLetters(text: string, has: (letter: string) => boolean): string[] {
  return [...new Set(text)].filter((letter) => letter > '~' && !has(letter));
}

/** `猫, 犬 (U+732B, U+72AC)`. */
export function nameLetters(letters: readonly string[]): string {
  const shown = letters.slice(0, MOST);
  const codes = shown.map((letter) => `U+${hexCode(letter)}`);
  const more = letters.length > MOST ? ` and ${letters.length - MOST} more` : '';
  return `${shown.join(', ')} (${codes.join(', ')})${more}`;
}

/** `732B` of 猫. */
export function hexCode(letter: string): string {
  return (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
