import { Argument, Command } from 'commander';
import {
  TENSOR_FLOAT_32_WORDS,
  type TensorFloat32,
  tensorFloat32Schema,
} from '../../src-shared/machine/tensor-float-32.ts';
import { ENGINE_SOURCES } from '../engine/engines/registry.ts';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';

/** Those that need no path; what is on this machine is taken by `engine use`. */
const installable = ENGINE_SOURCES.filter(({ path }) => path === null || !path.isRequired);

export function engineCommand(): Command {
  const engine = new Command('engine')
    .description('install and choose what computes: TensorFlow for the CPU or for NVIDIA GPUs')
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
    .addArgument(new Argument('<engine>', 'one of those below').choices(installable.map(({ name }) => name)))
    .option('--wheel <file>', 'cpu: use this TensorFlow wheel instead of a download')
    .addHelpText(
      'after',
      `\nEngines:\n${installable.map(({ name, about }) => `  ${name.padEnd(12)}${about}`).join('\n')}` +
        '\n\nTensorFlow needs a C++ compiler. If it fails or is stopped, nothing is left behind.' +
        example('kindling engine install cpu', 'kindling engine install gpu'),
    )
    .action(async (name: string, options: { wheel?: string }, self: Command) => {
      const { install } = await import('./engine/install.ts');
      await install(storeOf(self), name, options);
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
  engine
    .command('tune')
    .description('measure what computes fastest on this machine, and use it from then on')
    .argument('[engine]', 'name of an installed engine (default: the selected one)')
    .addHelpText(
      'after',
      '\nTrains small networks with and without oneDNN, for some 30 seconds. Results differ in their last digits with the\n' +
        'choice, which each run records.' +
        example('kindling engine tune'),
    )
    .action(async (name: string | undefined, _: object, self: Command) => {
      const { tune } = await import('./engine/tune.ts');
      await tune(storeOf(self), name);
    });
  engine
    .command('tf32')
    .description(
      'choose whether NVIDIA GPUs round products to TensorFloat-32 in trainings that begin from then on',
    )
    .addArgument(
      new Argument('[how]', 'default: what is chosen is told').choices(tensorFloat32Schema.options),
    )
    .addHelpText(
      'after',
      `\n${Object.entries(TENSOR_FLOAT_32_WORDS)
        .map(([name, { about }]) => `  ${name.padEnd(12)}${about}`)
        .join('\n')}` +
        '\n\nThe record of a run says which, after the version of its engine: +tf32 or +float32.' +
        example('kindling engine tf32 off'),
    )
    .action(async (how: TensorFloat32 | undefined, _: object, self: Command) => {
      const { tensorFloat32 } = await import('./engine/tensor-float-32.ts');
      await tensorFloat32(storeOf(self), how);
    });
  return engine;
}
