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

/** With a longer fence than any in it. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
