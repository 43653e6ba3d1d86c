import { Command, Option } from 'commander';
import type { ChartKind } from '../../src-shared/charts/chart-kind.ts';
import { CHART_KINDS, chartWord } from '../../src-shared/charts/kinds/registry.ts';
import { FIGURE_ENDINGS, FIGURE_FORMATS } from '../figures/formats/registry.ts';
import { example } from './example.ts';
import { SHARES, USUAL_LAYOUT } from '../../src-shared/figures/panel-schema.ts';
import { STYLE_OPTIONS, WHOLE_OPTIONS } from '../../src-shared/figures/style-options.ts';
import { fieldOption } from './figure/field-option.ts';
import { styleOption } from './figure/style-option.ts';
import { storeOf } from './store-option.ts';
import type { FigureOptions } from './figure/draw.ts';
import type { PanelsOptions } from './figure/panels.ts';

const OUTPUT = [
  '--output <file>',
  `output file; its extension sets the format: ${FIGURE_ENDINGS.join(' ')}`,
] as const;

export function figureCommand(): Command {
  const command = new Command('figure')
    .description('draw figures and tables for papers')
    .addHelpText('after', example('kindling figure heat-map --study demo --output heat-map.pdf'));
  for (const kind of CHART_KINDS) command.addCommand(kindCommand(kind));
  command.addCommand(panelsCommand());
  command
    .command('redraw')
    .description('redraw a figure with the current runs, from its file or from a specification')
    .argument('<file>', 'an SVG or JSON figure made by Kindling, or a specification as JSON')
    .requiredOption(...OUTPUT)
    .option('--format <format>', 'format, whatever the extension, e.g. booktabs for .tex')
    .addHelpText('after', example('kindling figure redraw heat-map.svg --output heat-map.pdf'))
    .action(async (file: string, options: { output: string; format?: string }, self: Command) => {
      const { redrawFigure } = await import('./figure/redraw.ts');
      await redrawFigure(storeOf(self), file, options);
    });
  return command;
}

function panelsCommand(): Command {
  const command = new Command('panels')
    .description('draw several figures as the panels of one, each with its letter')
    .argument('<files...>', 'SVG or JSON figures made by Kindling, or specifications as JSON, in their order')
    .requiredOption(...OUTPUT)
    .option('--format <format>', 'format, whatever the extension')
    .option('--columns <n>', `panels side by side (default: ${USUAL_LAYOUT.columns})`, Number)
    .addOption(
      new Option(
        '--share <axes>',
        'axes that panels above each other (x) and side by side (y) share: one range, words at the edge only',
      ).choices(SHARES),
    )
    .option('--common-legend', 'one legend for all panels');
  for (const option of WHOLE_OPTIONS) command.addOption(styleOption(option));
  return command
    .addHelpText('after', example('kindling figure panels a.svg b.svg --share y --output figure.pdf'))
    .action(async (files: readonly string[], options: PanelsOptions, self: Command) => {
      const { drawPanelsOf } = await import('./figure/panels.ts');
      await drawPanelsOf(storeOf(self), files, options);
    });
}

function kindCommand(kind: ChartKind): Command {
  const word = chartWord(kind);
  const formats = FIGURE_FORMATS.filter(({ draws }) => draws.includes(kind.basis));
  const command = new Command(word)
    .description(kind.about.replaceAll('`', ''))
    .option('--study <name>', 'runs of this study')
    .option('--filter <text>', 'runs that match this filter, as in the table of runs')
    .option('--runs <ids...>', 'runs with these ids');
  if (kind.basis === 'analyses')
    command.option('--networks <names...>', 'imported networks, beside the runs or alone');
  for (const field of kind.fields) command.addOption(fieldOption(field));
  command
    .requiredOption(...OUTPUT)
    .option('--format <format>', `${formats.map(({ name }) => name).join(', ')}, whatever the extension`);
  for (const option of STYLE_OPTIONS) command.addOption(styleOption(option));
  return command
    .addHelpText(
      'after',
      example(
        `kindling figure ${word} ${kind.example ?? '--study demo'} --output figure.${kind.basis === 'tables' ? 'tex' : 'pdf'}`,
      ),
    )
    .action(async (options: FigureOptions, self: Command) => {
      const { drawFigure } = await import('./figure/draw.ts');
      await drawFigure(storeOf(self), kind, options);
    });
}
