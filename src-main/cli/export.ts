import { Command, Option } from 'commander';
import { EXPORTS } from '../exports/registry.ts';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';
import type { ExportOnnxOptions } from './export/onnx.ts';
import type { ExportTensorBoardOptions } from './export/tensorboard.ts';
import type { ExportRunsOptions } from './export/runs.ts';

/** What any number of runs can be exported as. */
const OF_RUNS = EXPORTS.filter(({ of }) => of === 'runs');

export function exportCommand(): Command {
  const command = new Command('export')
    .description('export networks and runs for other programs')
    .addHelpText('after', example('kindling export onnx k3f9a2qz'));
  command
    .command('onnx')
    .description('export the trained network of a complete run, or an imported network, as an ONNX model')
    .argument('<run>', 'run id, as in `run list`, or a network, as in `network list`')
    .addOption(
      new Option(
        '--checkpoint <name>',
        'weights at the end, at the best validation accuracy, or before training',
      )
        .choices(['last', 'best', 'initial'])
        .default('last'),
    )
    .option('--softmax', 'add the output `probabilities` next to `logits`')
    .option('--output <file>', 'output file (default: STUDY-RUN.onnx or NETWORK.onnx in the current folder)')
    .addHelpText(
      'after',
      '\nThe model takes `images`, float32 [batch, channels, height, width] from 0 to 1, and normalizes them itself.' +
        example('kindling export onnx k3f9a2qz', 'kindling export onnx k3f9a2qz --softmax --output net.onnx'),
    )
    .action(async (run: string, options: ExportOnnxOptions, self: Command) => {
      const { writeOnnx } = await import('./export/onnx.ts');
      writeOnnx(storeOf(self), run, options);
    });
  selecting(command.command('tensorboard'))
    .description('export runs as TensorBoard event files, one folder per run')
    .requiredOption(
      '--output <folder>',
      'output folder; created if missing, existing runs are kept or updated',
    )
    .addHelpText(
      'after',
      example(
        'kindling export tensorboard --study demo --output logs',
        'kindling export tensorboard k3f9a2qz m4h7b3rs --output logs',
      ),
    )
    .action(async (runs: string[], options: ExportTensorBoardOptions, self: Command) => {
      const { writeTensorBoard } = await import('./export/tensorboard.ts');
      await writeTensorBoard(storeOf(self), runs, options);
    });
  selecting(command.command('runs'))
    .description('export runs as a table with provenance, or point by point')
    .addOption(
      new Option('--format <format>', OF_RUNS.map(({ name, about }) => `${name}: ${about}`).join('; '))
        .choices(OF_RUNS.map(({ name }) => name))
        .default('csv'),
    )
    .option('--all', 'csv: every setting and summary, not only the settings that vary')
    .option('--points', 'json: include every point of each run')
    .option('--output <file>', 'output file (default: standard output)')
    .addHelpText(
      'after',
      example(
        'kindling export runs --study demo --output runs.csv',
        "kindling export runs --filter 'state = complete and sr < 0.5' --format json",
      ),
    )
    .action(async (runs: string[], options: ExportRunsOptions, self: Command) => {
      const { writeRuns } = await import('./export/runs.ts');
      await writeRuns(storeOf(self), runs, options);
    });
  return command;
}

function selecting(command: Command): Command {
  return command
    .argument('[run...]', 'run ids, as in `run list` (default: all runs)')
    .option('--study <name>', 'only runs of this study')
    .option('--filter <text>', 'only runs that match this filter, as in the table of runs');
}
