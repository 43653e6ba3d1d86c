/** The last part of a command's help: what to type. */
export function example(...lines: readonly string[]): string {
  return `\n\nExample${lines.length > 1 ? 's' : ''}:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
