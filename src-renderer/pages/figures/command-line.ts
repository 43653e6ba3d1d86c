import { assertNever } from '../../../src-shared/assert-never.ts';
import {
  type FigureChart,
  type FigureSource,
  type FigureSpecification,
  type FigureStyle,
  isTableChart,
} from '../../../src-shared/figures/figure-specification.ts';

/** The words of a command that draws this figure, as a shell takes them; what has its default is left out. */
export function figureCommandLine({ source, chart, style }: FigureSpecification): string {
  const kind = chart.kind.replace(' ', '-');
  const output = isTableChart(chart) ? `${kind}.tex` : `${kind}.pdf`;
  return [
    'kindling',
    'figure',
    kind,
    ...sourceWords(source),
    ...chartWords(chart),
    ...styleWords(style),
    '--output',
    output,
  ]
    .map(quoted)
    .join(' ');
}

function sourceWords(source: FigureSource): string[] {
  switch (source.kind) {
    case 'study':
      return word('study', source.study);
    case 'filter':
      return word('filter', source.filter);
    case 'runs':
      return ['--runs', ...source.runs];
    default:
      return assertNever(source);
  }
}

function chartWords(chart: FigureChart): string[] {
  switch (chart.kind) {
    case 'curves':
      return [
        ...word('metric', chart.metric),
        ...word('x', chart.x, 'epoch'),
        ...word('smoothing', chart.smoothing, 0),
        ...(chart.groupBy === null ? [] : ['--group-by', ...chart.groupBy]),
        ...flag('members', chart.members),
        ...flag('log-x', chart.logX),
        ...flag('log-y', chart.logY),
      ];
    case 'heat map':
      return [
        ...metricWords(chart),
        ...word('x', chart.x),
        ...word('y', chart.y),
        ...flag('no-marginals', !chart.marginals),
      ];
    case 'factor':
      return [...metricWords(chart), ...word('x', chart.x), ...word('line', chart.line ?? '', '')];
    case 'cost':
      return [
        ...metricWords(chart),
        ...word('cost', chart.cost, 'parameters'),
        ...flag('linear-x', !chart.logX),
        ...flag('no-front', !chart.front),
      ];
    case 'parallel':
      return [...metricWords(chart), '--columns', ...chart.columns];
    case 'differences':
      return [...metricWords(chart), ...word('baseline', chart.baseline ?? '', '')];
    case 'confusion':
      return flag('per-run', chart.perRun);
    case 'depth':
      return [
        ...layerWords(chart),
        ...word('x', chart.x ?? '', ''),
        ...word('line', chart.line ?? '', ''),
        ...flag('no-baselines', !chart.baselines),
      ];
    case 'layer map':
    case 'layer pairs':
      return layerWords(chart);
    case 'landscape':
      return [...word('line', chart.line ?? '', ''), ...flag('no-baselines', !chart.baselines)];
    case 'channels':
      return [...word('measure', chart.measure), ...word('layer', chart.layer)];
    case 'taps':
    case 'compression':
      return [];
    case 'table':
      return metricWords(chart);
    case 'anova':
      return [...metricWords(chart), ...word('x', chart.x), ...word('y', chart.y)];
    default:
      return assertNever(chart);
  }
}

function styleWords(style: FigureStyle): string[] {
  const width = style.width === 'custom' ? String(style.widthMillimetres) : style.width;
  return [
    ...word('width', width, 'one column'),
    ...word('aspect', style.aspect, 0.75),
    ...word('font', style.font, 'sans'),
    ...word('font-size', style.fontSize, 8),
    ...word('title', style.title, ''),
    ...flag('no-notes', !style.notes),
    ...word('dpi', style.dpi, 300),
  ];
}

function metricWords({ metric }: { readonly metric: string }): string[] {
  return word('metric', metric, 'testAccuracy');
}

function layerWords({
  measure,
  roles,
}: {
  readonly measure: string;
  readonly roles: readonly string[] | null;
}): string[] {
  return [...word('measure', measure), ...(roles === null ? [] : ['--roles', ...roles])];
}

function word(name: string, value: string | number, usual?: string | number): string[] {
  if (value === usual) return [];
  // what begins with a dash would be another option
  return String(value).startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, String(value)];
}

function flag(name: string, isSet: boolean): string[] {
  return isSet ? [`--${name}`] : [];
}

/** In single quotes where a shell would read more into it than its letters. */
function quoted(text: string): string {
  return /^[\w./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
