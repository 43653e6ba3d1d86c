import { Command, Option } from 'commander';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';
import type { ExportOnnxOptions } from './export/onnx.ts';
import type { ExportTensorBoardOptions } from './export/tensorboard.ts';
import type { ExportRunsOptions } from './export/runs.ts';

export function exportCommand(): Command {
  const command = new Command('export')
    .description('networks and runs in the formats of other programs')
    .addHelpText('after', example('kindling export onnx k3f9a2qz'));
  command
    .command('onnx')
    .description('the trained network of a complete run as an ONNX model')
    .argument('<run>', 'its id, as `run list` shows it')
    .addOption(
      new Option('--checkpoint <name>', 'whose weights: at the end, at the best validation, before training')
        .choices(['last', 'best', 'initial'])
        .default('last'),
    )
    .option('--softmax', 'add the output `probabilities` beside `logits`')
    .option('--output <file>', 'default: STUDY-RUN.onnx in this folder')
    .addHelpText(
      'after',
      '\nThe model takes `images`, float32 [batch, channels, height, width] from 0 to 1, and normalises them itself.' +
        example('kindling export onnx k3f9a2qz', 'kindling export onnx k3f9a2qz --softmax --output net.onnx'),
    )
    .action(async (run: string, options: ExportOnnxOptions, self: Command) => {
      const { writeOnnx } = await import('./export/onnx.ts');
      writeOnnx(storeOf(self), run, options);
    });
  selecting(command.command('tensorboard'))
    .description('runs as event files for TensorBoard, one folder each')
    .requiredOption(
      '--output <folder>',
      'made if missing; what is there already is kept or brought up to date',
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
      writeTensorBoard(storeOf(self), runs, options);
    });
  selecting(command.command('runs'))
    .description('runs as a table, with all that can be traced, or point by point')
    .addOption(
      new Option(
        '--format <format>',
        'csv: a row each; json: all that is known; points: CSV, a row for each point',
      )
        .choices(['csv', 'json', 'points'])
        .default('csv'),
    )
    .option('--all', 'csv: every setting and summary, not only the settings that vary')
    .option('--points', 'json: with every point of each run')
    .option('--output <file>', 'default: standard output')
    .addHelpText(
      'after',
      example(
        'kindling export runs --study demo --output runs.csv',
        "kindling export runs --filter 'state = complete and sr < 0.5' --format json",
      ),
    )
    .action(async (runs: string[], options: ExportRunsOptions, self: Command) => {
      const { writeRuns } = await import('./export/runs.ts');
      writeRuns(storeOf(self), runs, options);
    });
  return command;
}

function selecting(command: Command): Command {
  return command
    .argument('[run...]', 'ids, as `run list` shows them; all runs if left out')
    .option('--study <name>', 'only those of this study')
    .option('--filter <text>', 'only those that this filter keeps, as in the table of runs');
}
