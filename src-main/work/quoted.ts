/**
 * A word of a shell, whatever is in it: of sh, bash, zsh, ksh and fish, which reads a backslash between quotes otherwise than they do, so that
 * there is none.
 */
export function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll(/['\\]/g, (letter) => `'\\${letter}'`)}'`;
}
