/** Names that people chose must not become marks of Markdown, nor end a cell of a table. */
export function markdownText(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|]|&(?=#?\w+;)/g, String.raw`\$&`);
}

/** Each in a line of its own. @param lines Markdown */
export function markdownBullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line.replaceAll('\n', ' ')}`).join('\n');
}

/** The path of a file beside the page, with `/` between folders. */
export function markdownAddress(fileName: string): string {
  return fileName.split('/').map(encodeURIComponent).join('/');
}
