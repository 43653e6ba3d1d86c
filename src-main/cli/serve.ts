import { Command, InvalidArgumentError } from 'commander';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';
import type { ServeOptions } from './serve/serve.ts';

const DEFAULT_PORT = 8017;

export function serveCommand(): Command {
  return new Command('serve')
    .description('serve the application to a browser, on this machine or over SSH')
    .option('--port <n>', 'port on 127.0.0.1; 0 for any free port', portNumber, DEFAULT_PORT)
    .option('--open', 'open the page in a browser on this machine')
    .option('--json', 'print one line of JSON: url, token, pid')
    .option(
      '--read-only',
      'open the store read-only, e.g. while another process schedules on it (default: only if it cannot be written)',
    )
    .addHelpText(
      'after',
      '\nRuns until Ctrl-C, which stops trainings in an orderly way. Access needs the printed address, which is new at\n' +
        'each start. From another machine: `ssh -L 8017:127.0.0.1:8017 SERVER`, then open the address there.' +
        example('kindling serve', 'kindling serve --port 0 --open'),
    )
    .action(async (options: ServeOptions, command: Command) => {
      const { serve } = await import('./serve/serve.ts');
      await serve(storeOf(command), options);
    });
}

function portNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new InvalidArgumentError('Give a number from 0 to 65535.');
}
