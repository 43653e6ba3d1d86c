import { assertNever } from '../assert-never.ts';
import type { ChartKind, ChartSettings, NamedField } from '../charts/chart-kind.ts';
import { chartKind, chartWord } from '../charts/kinds/registry.ts';
import { optionOf } from './chart-options.ts';
import type { FigureSource } from '../runs/run-source.ts';
import type { FigureSpecification, FigureStyle } from './figure-specification.ts';

/** The words of a command that draws this figure, as a shell takes them; what has its default is left out. */
export function figureCommandLine({ source, chart, style }: FigureSpecification): string {
  const kind = chartKind(chart);
  const name = chartWord(kind);
  return [
    ...['kindling', 'figure', name],
    ...sourceWords(source),
    ...chartWords(kind, chart),
    ...styleWords(style),
    ...['--output', kind.basis === 'tables' ? `${name}.tex` : `${name}.pdf`],
  ]
    .map(quoted)
    .join(' ');
}

function sourceWords(source: FigureSource): string[] {
  switch (source.kind) {
    case 'study':
      return [...word('study', source.study), ...networkWords(source)];
    case 'filter':
      return [...word('filter', source.filter), ...networkWords(source)];
    case 'runs':
      return ['--runs', ...source.runs];
    default:
      return assertNever(source);
  }
}

function networkWords({ networks = [] }: { readonly networks?: readonly string[] }): string[] {
  return networks.length === 0 ? [] : ['--networks', ...networks];
}

function chartWords({ fields }: ChartKind, chart: ChartSettings): string[] {
  return fields.flatMap((field) => fieldWords(field, chart[field.name]));
}

function fieldWords(field: NamedField, value: unknown): string[] {
  const option = optionOf(field);
  if (value === null || value === field.default) return [];
  if (field.type === 'switch') return flag(option, true);
  if (Array.isArray(value)) return [`--${option}`, ...value.map(String)];
  return typeof value === 'string' || typeof value === 'number' ? word(option, value) : [];
}

function styleWords(style: FigureStyle): string[] {
  const width = style.width === 'custom' ? String(style.widthMillimetres) : style.width;
  return [
    ...word('width', width, 'one column'),
    ...word('aspect', style.aspect, 0.75),
    ...word('font', style.font, 'sans'),
    ...rangeWords('x-range', style.xRange),
    ...rangeWords('y-range', style.yRange),
    ...word('font-size', style.fontSize, 8),
    ...word('title', style.title, ''),
    ...flag('no-notes', !style.notes),
    ...word('dpi', style.dpi, 300),
  ];
}

function rangeWords(name: string, range: FigureStyle['xRange']): string[] {
  return range === undefined ? [] : word(name, range.join(','));
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
