import { Argument, Command } from 'commander';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';

export function engineCommand(): Command {
  const engine = new Command('engine')
    .description('what computes: TensorFlow for the processor or for NVIDIA cards')
    .addHelpText('after', example('kindling engine install cpu'));
  engine
    .command('list')
    .description('the engines that are installed; the chosen one is marked')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling engine list'))
    .action(async (options: { json?: boolean }) => {
      const { listInstalled } = await import('./engine/list.ts');
      await listInstalled(options);
    });
  engine
    .command('install')
    .description('install an engine, try it and choose it')
    .addArgument(
      new Argument('<kind>', 'cpu, gpu (NVIDIA, Linux), or package (what tfjs-node would download)').choices([
        'cpu',
        'gpu',
        'package',
      ]),
    )
    .option('--wheel <file>', 'cpu: a TensorFlow wheel that you have, instead of a download')
    .addHelpText(
      'after',
      '\nNeeds Python 3 with pip and a C++ compiler. Nothing is left behind if it fails or is stopped.' +
        example('kindling engine install cpu', 'kindling engine install gpu'),
    )
    .action(async (kind: 'cpu' | 'gpu' | 'package', options: { wheel?: string }, self: Command) => {
      const { install } = await import('./engine/install.ts');
      await install(storeOf(self), kind, options);
    });
  engine
    .command('use')
    .description('choose an installed engine, or a TensorFlow library that you have')
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
