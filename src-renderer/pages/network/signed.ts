/** A difference with its sign, `+1,024` or `−1,024`; an empty word for none. */
export function signed(difference: number, text: (value: number) => string): string {
  if (difference === 0) return '';
  return `${difference > 0 ? '+' : '−'}${text(Math.abs(difference))}`;
}
