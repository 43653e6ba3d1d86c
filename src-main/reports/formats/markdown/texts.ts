import { markdownText } from '../../../files/markdown-text.ts';

/** What would begin a list, a rule or a fence, or make a heading of its line or the one before; quotations, stars and backticks are escaped wherever they stand. */
const HEAD = /(?<=^\s*)(?:(?:-+|=+|\+|#+)(?=\s|$)|~~~)|(?<=^\s*\d+)[.)](?=\s|$)/;

/** In one line; what begins it is no mark. */
export function line(text: string): string {
  return withoutHead(markdownText(text.replaceAll(/\s*\n\s*/g, ' ')));
}

/** What begins a line of Markdown is no mark. */
export function withoutHead(text: string): string {
  return text.replace(HEAD, String.raw`\$&`);
}

/** More backticks than stand beside each other in a text. @param least so many at least */
export function moreTicks(text: string, least: number): string {
  const longest = Math.max(least - 1, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  return '`'.repeat(longest + 1);
}

/** With a longer fence than any in it. */
export function fenced(text: string): string {
  const fence = moreTicks(text, 3);
  return `${fence}\n${text}\n${fence}`;
}
