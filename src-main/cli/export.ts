import { Command, Option } from 'commander';
import { EXPORTS } from '../exports/registry.ts';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';
import { FEATURE_KINDS } from '../analysis/feature-kinds.ts';
import { WINDOW } from '../analysis/windows/window-setting.ts';
import { wholeNumber } from './whole-number.ts';
import type { ExportFeaturesOptions } from './export/features.ts';
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
  command
    .command('features')
    .description('export what layers compute on images as NumPy files, one per layer')
    .argument('<network>', 'a complete run, as in `run list`, or a network, as in `network list`')
    .option('--layers <names>', 'layers, separated by commas (default: all)')
    .option(
      '--images <what>',
      'for networks a folder of pictures, or a data set of the size of their input; runs have the test part of their own',
    )
    .option('--classes <file>', 'a YAML, JSON or CSV file with the class of each folder of pictures')
    .addOption(
      new Option('--grey <what>', 'what becomes of grey pictures where a network wants colours')
        .choices(['convert', 'leave-out'])
        .default('convert'),
    )
    .option('--count <images>', 'how many images, as many of each class (default: all)', wholeNumber)
    .addOption(
      new Option(
        '--features <what>',
        'the averages of the channels, those in a 4x4 grid, the whole maps, or the part in each image’s saliency window',
      )
        .choices(FEATURE_KINDS)
        .default('average'),
    )
    .option(
      '--window <side>',
      'side of the saliency window in the last layer with places',
      wholeNumber,
      WINDOW,
    )
    .addOption(
      new Option('--weights <which>', 'those after the training, or before it')
        .choices(['trained', 'untrained'])
        .default('trained'),
    )
    .addOption(new Option('--format <format>', 'NumPy files').choices(['npy']).default('npy'))
    .requiredOption('--output <folder>', 'folder that is made; nothing may be there')
    .addHelpText(
      'after',
      '\nFiles: LAYER.npy (float32, a row for each image, channels last), labels.npy, files.txt (one line per row) and\n' +
        "features.json, which describes them. To read one without loading it: numpy.load('fire9-concatenation.npy', mmap_mode='r')." +
        example(
          'kindling export features k3f9a2qz --layers fire2/squeeze,fire9/concatenation --features map --output features',
          'kindling export features squeezenet1_1 --images ~/pictures --classes classes.yaml --output features',
        ),
    )
    .action(async (network: string, options: ExportFeaturesOptions, self: Command) => {
      const { writeFeatureFiles } = await import('./export/features.ts');
      await writeFeatureFiles(storeOf(self), network, options);
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
