import { fchmodSync, fstatSync } from 'node:fs';
import type { RunningServer } from '../../serve/start-server.ts';
import { printLine } from '../output.ts';

/**
 * Prints the address on a line of its own, with what to do with it; or, as JSON, one line for other programs. Where that goes
 * into a file, the file is the user's alone from then on: who has the address has everything.
 */
export function announce({ url, token, port }: RunningServer, options: { readonly json?: boolean }): void {
  makeOutputPrivate();
  if (options.json) {
    printLine(JSON.stringify({ url, token, pid: process.pid }));
    return;
  }
  printLine('Kindling is at this address, open to anyone who has it; Ctrl-C stops it:');
  printLine(url);
  if (process.env['SSH_CONNECTION'] === undefined) return;
  printLine(
    `You are on a remote machine: run \`ssh -L ${port}:127.0.0.1:${port} SERVER\` on yours, then open the address there.`,
  );
}

function makeOutputPrivate(): void {
  const { fd } = process.stdout;
  if (!fstatSync(fd).isFile()) return;
  try {
    fchmodSync(fd, 0o600);
  } catch {
    console.error(
      'kindling: the address is being written to a file that belongs to someone else, who can read it.',
    );
  }
}
