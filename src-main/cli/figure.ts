import { Command, Option } from 'commander';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';

/** What every kind of figure takes. */
export interface FigureOptions {
  readonly study?: string;
  readonly filter?: string;
  readonly runs?: readonly string[];
  readonly metric?: string;
  readonly output: string;
  readonly format?: string;
  readonly width?: string;
  readonly aspect?: string;
  readonly font?: 'sans' | 'serif';
  readonly fontSize?: string;
  readonly title?: string;
  readonly notes: boolean;
  readonly dpi?: string;
  readonly x?: string;
  readonly y?: string;
  readonly line?: string;
  readonly cost?: string;
  readonly baseline?: string;
  readonly columns?: readonly string[];
  readonly smoothing?: string;
  readonly groupBy?: readonly string[];
  readonly members?: boolean;
  readonly logX?: boolean;
  readonly logY?: boolean;
  readonly linearX?: boolean;
  readonly marginals?: boolean;
  readonly front?: boolean;
  readonly perRun?: boolean;
  readonly measure?: string;
  readonly roles?: readonly string[];
  readonly layer?: string;
  readonly baselines?: boolean;
}

export const FIGURE_KINDS = [
  'heat-map',
  'factor',
  'cost',
  'curves',
  'differences',
  'parallel',
  'confusion',
  'depth',
  'layer-map',
  'layer-pairs',
  'taps',
  'compression',
  'landscape',
  'channels',
  'table',
  'anova',
] as const;
export type FigureKind = (typeof FIGURE_KINDS)[number];

/** They are not drawn. */
const TABLES: readonly FigureKind[] = ['table', 'anova'];
/** They say by themselves what is measured, or with `--measure`. */
const WITHOUT_METRIC: readonly FigureKind[] = [
  'confusion',
  'depth',
  'layer-map',
  'layer-pairs',
  'taps',
  'compression',
  'landscape',
  'channels',
];

export function figureCommand(): Command {
  const command = new Command('figure')
    .description('figures and tables for papers, with the data behind them')
    .addHelpText('after', example('kindling figure heat-map --study demo --output heat-map.pdf'));
  add(command, 'heat-map', 'two settings against each other: mean, interval and n in each cell')
    .option('--x <setting>', 'along the axis (default: the first that varies)')
    .option('--y <setting>', 'upwards (default: the second that varies)')
    .option('--no-marginals', 'without the means over columns and rows');
  add(command, 'factor', 'mean and interval by one setting, every run as a point')
    .option('--x <setting>', 'along the axis (default: the first that varies)')
    .option('--line <setting>', 'one line for each of its values');
  add(command, 'cost', 'a metric against a cost, with the Pareto front')
    .option('--cost <column>', 'parameters, macs, seconds, peakMemoryBytes … (default: parameters)')
    .option('--linear-x', 'a linear axis instead of a logarithmic one')
    .option('--no-front', 'without the front');
  add(command, 'curves', 'the course of a metric, by step, epoch or time')
    .addOption(
      new Option('--x <axis>', 'what the axis counts').choices([
        'step',
        'epoch',
        'relative time',
        'wall time',
      ]),
    )
    .option('--smoothing <weight>', 'from 0 (raw) to below 1')
    .option('--group-by <columns...>', 'one line with a band for the runs that share these, e.g. cell')
    .option('--members', 'the runs behind each mean as thin lines')
    .option('--log-x', 'a logarithmic axis')
    .option('--log-y', 'a logarithmic axis upwards');
  add(command, 'differences', 'each cell against a baseline, paired by seed, with tests').option(
    '--baseline <cell>',
    'id of a cell (default: the one with the best mean on the validation part)',
  );
  add(command, 'parallel', 'one line a run over several columns').option(
    '--columns <columns...>',
    'from left to right (default: what varies)',
  );
  add(command, 'confusion', 'confusion matrices, one a cell, seeds added up').option(
    '--per-run',
    'one a run',
  );
  ofLayers(add(command, 'depth', 'a measure of the layers along their depth'), 'probe/cross-entropy')
    .option('--line <setting>', 'one line for each of its values (default: one for each cell)')
    .option('--x <setting>', 'this setting along the axis, and one line for each layer')
    .option('--no-baselines', 'without the lines of what says little, as of the untrained network');
  ofLayers(
    add(command, 'layer-map', 'a measure of the layers: layers against cells'),
    'dimension/saturation',
  );
  ofLayers(add(command, 'layer-pairs', 'how alike layers are, one map a cell'), 'similarity/cka');
  add(command, 'taps', 'where in their window the 3x3 filters have their energy, a tile for each layer');
  add(command, 'compression', 'bytes and accuracy after each stage of Deep Compression');
  add(command, 'landscape', 'the loss by the distance from the trained weights')
    .option('--line <setting>', 'one line for each of its values (default: one for each cell)')
    .option('--no-baselines', 'without the loss around the untrained weights');
  ofMeasure(
    add(
      command,
      'channels',
      'a measure of each channel of a layer of one run, the greatest first',
      '--runs k3f9a2qz --layer fire2/squeeze',
    ),
    'channel-lesion/loss-added',
  ).requiredOption('--layer <name>', 'e.g. fire2/squeeze');
  add(command, 'table', 'cells with mean, interval and n: booktabs (.tex), CSV or JSON');
  add(command, 'anova', 'main effects and interaction of two settings: booktabs (.tex), CSV or JSON')
    .option('--x <setting>', '(default: the first that varies)')
    .option('--y <setting>', '(default: the second that varies)');
  command
    .command('redraw')
    .description('draw a figure anew with the runs of today, from the file of one or from a specification')
    .argument('<file>', 'an SVG or JSON file of Kindling, or a specification as JSON')
    .requiredOption('--output <file>', 'its ending says the format: .svg .pdf .png .tex .csv .json')
    .option('--format <format>', 'booktabs instead of pgfplots for .tex, or any other')
    .addHelpText('after', example('kindling figure redraw heat-map.svg --output heat-map.pdf'))
    .action(async (file: string, options: { output: string; format?: string }, self: Command) => {
      const { redrawFigure } = await import('./figure/redraw.ts');
      await redrawFigure(storeOf(self), file, options);
    });
  return command;
}

function ofMeasure(command: Command, measure: string): Command {
  return command.option(
    '--measure <name>',
    `method and measure, as \`kindling analyze --list\` names them (default: ${measure})`,
  );
}

function ofLayers(command: Command, measure: string): Command {
  return ofMeasure(command, measure).option(
    '--roles <names...>',
    'only layers of these roles, e.g. squeeze "expand 3x3"',
  );
}

function add(parent: Command, kind: FigureKind, description: string, runs = '--study demo'): Command {
  const command = parent
    .command(kind)
    .description(description)
    .option('--study <name>', 'the runs of this study')
    .option('--filter <text>', 'the runs that this filter keeps, as in the table of runs')
    .option('--runs <ids...>', 'these runs')
    .requiredOption('--output <file>', 'its ending says the format: .svg .pdf .png .tex .csv .json')
    .option('--format <format>', 'svg, pdf, png, pgfplots, booktabs, csv or json, whatever the ending')
    .option(
      '--width <width>',
      '`one column` (84 mm), `two columns` (174 mm), `slide` (254 mm) or millimetres',
    )
    .option('--aspect <ratio>', 'height over width (default: 0.75)')
    .addOption(
      new Option('--font <font>', 'sans: Source Sans 3; serif: STIX Two Text').choices(['sans', 'serif']),
    )
    .option('--font-size <points>', '(default: 8)')
    .option('--title <text>', 'above the chart; papers have a caption instead')
    .option('--no-notes', 'without the words that say what the marks are')
    .option('--dpi <n>', 'of a PNG (default: 300)')
    .addHelpText(
      'after',
      example(`kindling figure ${kind} ${runs} --output figure.${TABLES.includes(kind) ? 'tex' : 'pdf'}`),
    );
  if (!WITHOUT_METRIC.includes(kind)) {
    const usual = kind === 'curves' ? 'validationAccuracy' : 'testAccuracy';
    command.option('--metric <column>', `what is measured (default: ${usual})`);
  }
  command.action(async (options: FigureOptions, self: Command) => {
    const { drawFigure } = await import('./figure/draw.ts');
    await drawFigure(storeOf(self), kind, options);
  });
  return command;
}
