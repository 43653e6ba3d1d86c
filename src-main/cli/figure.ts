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
    .description('draw figures and tables for papers')
    .addHelpText('after', example('kindling figure heat-map --study demo --output heat-map.pdf'));
  add(command, 'heat-map', 'heat map of two settings: mean, interval and n in each cell')
    .option('--x <setting>', 'x axis (default: the first setting that varies)')
    .option('--y <setting>', 'y axis (default: the second setting that varies)')
    .option('--no-marginals', 'omit the means over rows and columns');
  add(command, 'factor', 'mean and interval by one setting, with every run as a point')
    .option('--x <setting>', 'x axis (default: the first setting that varies)')
    .option('--line <setting>', 'one series per value of this setting');
  add(command, 'cost', 'metric against cost, with the Pareto front')
    .option('--cost <column>', 'parameters, macs, seconds, peakMemoryBytes … (default: parameters)')
    .option('--linear-x', 'linear x axis (default: logarithmic)')
    .option('--no-front', 'omit the Pareto front');
  add(command, 'curves', 'training curves by step, epoch or time')
    .addOption(new Option('--x <axis>', 'x axis').choices(['step', 'epoch', 'relative time', 'wall time']))
    .option('--smoothing <weight>', 'smoothing, from 0 (raw) to below 1')
    .option(
      '--group-by <columns...>',
      'one mean with its interval per group of runs that agree in these, e.g. cell',
    )
    .option('--members', 'also draw the runs behind each mean, as thin lines')
    .option('--log-x', 'logarithmic x axis')
    .option('--log-y', 'logarithmic y axis');
  add(command, 'differences', 'difference of each cell from a baseline, paired by seed, with tests').option(
    '--baseline <cell>',
    'cell id (default: the cell with the best mean on the validation part)',
  );
  add(command, 'parallel', 'parallel coordinates, one line per run').option(
    '--columns <columns...>',
    'axes from left to right (default: what varies)',
  );
  add(command, 'confusion', 'confusion matrices, one per cell, summed over seeds').option(
    '--per-run',
    'one matrix per run',
  );
  ofLayers(add(command, 'depth', 'a measure of the layers against depth'), 'probe/cross-entropy')
    .option('--line <setting>', 'one series per value of this setting (default: one per cell)')
    .option('--x <setting>', 'this setting on the x axis instead of depth, one series per layer')
    .option('--no-baselines', 'omit the baselines, such as the untrained network');
  ofLayers(add(command, 'layer-map', 'heat map of a measure: layers by cells'), 'dimension/saturation');
  ofLayers(add(command, 'layer-pairs', 'similarity of layers, one map per cell'), 'similarity/cka');
  add(command, 'taps', 'spatial energy of 3x3 kernels, one tile per layer');
  add(command, 'compression', 'bytes and accuracy after each stage of Deep Compression');
  add(command, 'landscape', 'loss against distance from the trained weights')
    .option('--line <setting>', 'one series per value of this setting (default: one per cell)')
    .option('--no-baselines', 'omit the loss around the untrained weights');
  ofMeasure(
    add(
      command,
      'channels',
      'a measure of each channel of a layer of one run, in descending order',
      '--runs k3f9a2qz --layer fire2/squeeze',
    ),
    'channel-lesion/loss-added',
  ).requiredOption('--layer <name>', 'e.g. fire2/squeeze');
  add(command, 'table', 'table of the cells with mean, interval and n: booktabs (.tex), CSV or JSON');
  add(command, 'anova', 'analysis of variance of two settings: booktabs (.tex), CSV or JSON')
    .option('--x <setting>', 'first factor (default: the first setting that varies)')
    .option('--y <setting>', 'second factor (default: the second setting that varies)');
  command
    .command('redraw')
    .description('redraw a figure with the current runs, from its file or from a specification')
    .argument('<file>', 'an SVG or JSON figure made by Kindling, or a specification as JSON')
    .requiredOption(
      '--output <file>',
      'output file; its extension sets the format: .svg .pdf .png .tex .csv .json',
    )
    .option('--format <format>', 'format, whatever the extension, e.g. booktabs for .tex')
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
    `METHOD/MEASURE, as in \`kindling analyze --list\` (default: ${measure})`,
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
    .option('--study <name>', 'runs of this study')
    .option('--filter <text>', 'runs that match this filter, as in the table of runs')
    .option('--runs <ids...>', 'runs with these ids')
    .requiredOption(
      '--output <file>',
      'output file; its extension sets the format: .svg .pdf .png .tex .csv .json',
    )
    .option('--format <format>', 'svg, pdf, png, pgfplots, booktabs, csv or json, whatever the extension')
    .option(
      '--width <width>',
      '`one column` (84 mm), `two columns` (174 mm), `slide` (254 mm) or millimetres',
    )
    .option('--aspect <ratio>', 'height / width (default: 0.75)')
    .addOption(
      new Option('--font <font>', 'sans: Source Sans 3; serif: STIX Two Text').choices(['sans', 'serif']),
    )
    .option('--font-size <points>', 'font size (default: 8)')
    .option('--title <text>', 'title above the chart (default: none, for a caption)')
    .option('--no-notes', 'omit the notes that explain the marks')
    .option('--dpi <n>', 'resolution of a PNG (default: 300)')
    .addHelpText(
      'after',
      example(`kindling figure ${kind} ${runs} --output figure.${TABLES.includes(kind) ? 'tex' : 'pdf'}`),
    );
  if (!WITHOUT_METRIC.includes(kind)) {
    const usual = kind === 'curves' ? 'validationAccuracy' : 'testAccuracy';
    command.option('--metric <column>', `metric (default: ${usual})`);
  }
  command.action(async (options: FigureOptions, self: Command) => {
    const { drawFigure } = await import('./figure/draw.ts');
    await drawFigure(storeOf(self), kind, options);
  });
  return command;
}
