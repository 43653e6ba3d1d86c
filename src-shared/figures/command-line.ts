import { assertNever } from '../assert-never.ts';
import type { ChartKind, ChartSettings, NamedField } from '../charts/chart-kind.ts';
import { chartKind, chartWord } from '../charts/kinds/registry.ts';
import { optionOf } from './chart-options.ts';
import type { FigureSource } from '../runs/run-source.ts';
import type { FigureSpecification } from './figure-specification.ts';
import type { FigureStyle } from './figure-style.ts';
import { STYLE_OPTIONS } from './style-options.ts';

/** The words of a command that draws this figure, as a shell takes them; what has its default is left out. */
export function figureCommandLine({ source, chart, style, panels }: FigureSpecification): string {
  const kind = chartKind(chart);
  const name = chartWord(kind);
  // more than options say: the SVG of a figure holds all of it
  if (panels) return 'kindling figure redraw panels.svg --output panels.pdf';
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
  return STYLE_OPTIONS.flatMap(({ option, isList, write }) => {
    const words = write(style);
    if (words === null) return [];
    const [first] = words;
    return isList || first === undefined ? [`--${option}`, ...words] : word(option, first);
  });
}

function word(name: string, value: string | number): string[] {
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
