import { Argument, Command } from 'commander';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';

export function engineCommand(): Command {
  const engine = new Command('engine')
    .description('install and choose TensorFlow for the CPU or for NVIDIA GPUs')
    .addHelpText('after', example('kindling engine install cpu'));
  engine
    .command('list')
    .description('list the installed engines; the selected one is marked')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling engine list'))
    .action(async (options: { json?: boolean }) => {
      const { listInstalled } = await import('./engine/list.ts');
      await listInstalled(options);
    });
  engine
    .command('install')
    .description('install an engine, test it and select it')
    .addArgument(
      new Argument('<kind>', 'cpu, gpu (NVIDIA, Linux), or package (what tfjs-node would download)').choices([
        'cpu',
        'gpu',
        'package',
      ]),
    )
    .option('--wheel <file>', 'cpu: use this TensorFlow wheel instead of a download')
    .addHelpText(
      'after',
      '\nNeeds Python 3 with pip and a C++ compiler. If it fails or is stopped, nothing is left behind.' +
        example('kindling engine install cpu', 'kindling engine install gpu'),
    )
    .action(async (kind: 'cpu' | 'gpu' | 'package', options: { wheel?: string }, self: Command) => {
      const { install } = await import('./engine/install.ts');
      await install(storeOf(self), kind, options);
    });
  engine
    .command('use')
    .description('select an installed engine, or a TensorFlow library on this machine')
    .argument('<engine>', 'name of an installed engine, or a folder with include/ and libtensorflow')
    .addHelpText(
      'after',
      example(
        'kindling engine use tensorflow-cpu',
        'kindling engine use ~/venv/lib/python3.12/site-packages/tensorflow',
      ),
    )
    .action(async (nameOrPath: string, _: object, self: Command) => {
      const { use } = await import('./engine/install.ts');
      await use(storeOf(self), nameOrPath);
    });
  return engine;
}
