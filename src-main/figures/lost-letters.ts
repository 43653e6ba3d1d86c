/** More would be a list that nobody reads. */
const MOST = 8;

/** The letters of a text that `has` does not know, each once, as they come. */
export function lostLetters(text: string, has: (letter: string) => boolean): string[] {
  return [...new Set(text)].filter((letter) => letter > '~' && !has(letter));
}

/** `猫, 犬 (U+732B, U+72AC)`. */
export function nameLetters(letters: readonly string[]): string {
  const shown = letters.slice(0, MOST);
  const codes = shown.map((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  });
  const more = letters.length > MOST ? ` and ${letters.length - MOST} more` : '';
  return `${shown.join(', ')} (${codes.join(', ')})${more}`;
}
