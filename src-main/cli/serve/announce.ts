import type { RunningServer } from '../../serve/start-server.ts';
import { printLine } from '../output.ts';

/** Prints the address on a line of its own, with what to do with it; or, as JSON, one line for other programs. */
export function announce({ url, token, port }: RunningServer, options: { readonly json?: boolean }): void {
  if (options.json) {
    printLine(JSON.stringify({ url, token, pid: process.pid }));
    return;
  }
  printLine('Kindling is at this address, for whoever has it; Ctrl-C ends it:');
  printLine(url);
  if (process.env['SSH_CONNECTION'] === undefined) return;
  printLine(
    `This is another machine than yours: type \`ssh -L ${port}:127.0.0.1:${port} SERVER\` on yours, then open it there.`,
  );
}
