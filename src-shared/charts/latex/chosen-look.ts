import { type ChartOption, type ChartStyle, nameIn } from '../chart-style.ts';
import { drawnAxis, isOfNumbers } from '../drawn-axis.ts';
import { latexText } from './latex-text.ts';
import type { PgfAxis, PgfFigure } from './pgf-document.ts';

/** No axis of a chart, but a place for a legend. */
const HIDDEN = 'hide axis';

/**
 * The figure with what was chosen of its axes, its legend and its words, as the chart draws them; what was not chosen is left to
 * pgfplots. Axes of names take neither ranges nor scales.
 *
 * @param drawn the chart in the same style: its axes have the units of pgfplots' ones
 */
export function withChosenLook(figure: PgfFigure, style: ChartStyle, drawn: ChartOption): PgfFigure {
  const axes = (['x', 'y'] as const).flatMap((side) => axisOptions(side, style, drawn));
  const pictures = figure.pictures
    .map((picture) =>
      picture.flatMap(({ options, body }): PgfAxis[] => {
        const isLegend = options.some((option) => option.startsWith(HIDDEN));
        if (isLegend && style.legend === 'none') return [];
        return [
          {
            options: legendOptions(options, style).concat(
              isLegend ? [] : axes.flatMap((add) => add(options)),
            ),
            body: isLegend ? wordsOf(body, style) : [...wordsOf(body, style), ...marksOf(options, style)],
          },
        ];
      }),
    )
    .filter((picture) => picture.length > 0);
  return { ...figure, pictures };
}

/** What is to be added to the options of axes, given what they say already. */
function axisOptions(
  side: 'x' | 'y',
  style: ChartStyle,
  drawn: ChartOption,
): ((options: readonly string[]) => string[])[] {
  const axis = drawnAxis(drawn, side) ?? {};
  const { type, min, max, inverse, isWhole, axisTick } = axis;
  const { limits, scale, beside = [] } = style[`${side}Axis`] ?? {};
  const takesNumbers = isOfNumbers(axis);
  const isAsked = limits ?? style[`${side}Range`] ?? (beside.length > 0 ? beside : undefined);
  const says = (options: readonly string[], words: string): boolean =>
    options.some((option) => option.includes(words));
  // of things that have no parts pgfplots alone would have ticks between them
  const ticks = takesNumbers && isWhole === true ? (axisTick?.customValues ?? []) : [];
  return [
    (options) =>
      ticks.length === 0 || says(options, `${side}tick=`) ? [] : [`${side}tick={${ticks.join(',')}}`],
    (options) => (inverse === true && !says(options, `${side} dir=reverse`) ? [`${side} dir=reverse`] : []),
    ...(takesNumbers && scale !== undefined
      ? [() => [`${side}mode=${type === 'log' ? 'log' : 'normal'}`]]
      : []),
    ...(takesNumbers && isAsked !== undefined
      ? [() => [`${side}min=${String(min)}, ${side}max=${String(max)}`]]
      : []),
  ];
}

const LEGENDS = {
  right: 'at={(1.03,1)}, anchor=north west, legend columns=1',
  bottom: 'at={(0.5,0)}, yshift=-3.4em, anchor=north',
} as const;

/** Options with the chosen names of axes and the place of the legend. */
function legendOptions(options: readonly string[], style: ChartStyle): string[] {
  const { legend = 'top' } = style;
  return options.map((option) => {
    const [, side] = /^([xy])label=\{/.exec(option) ?? [];
    if (side === 'x' || side === 'y') return axisName(option, side, style);
    if (!option.startsWith('legend style={draw=none') || legend === 'top' || legend === 'none') return option;
    return option.replace(/at=\{.*\}, anchor=\w+(?:, legend columns=1)?/, LEGENDS[legend]);
  });
}

/** An axis without a name has none here, either: it is named beside or below. */
function axisName(option: string, side: 'x' | 'y', style: ChartStyle): string {
  if (option === `${side}label={}`) return option;
  const { title } = style[`${side}Axis`] ?? {};
  const named = Object.keys(style.names ?? {}).find((text) => option === `${side}label={${latexText(text)}}`);
  const text = title ?? (named === undefined ? undefined : nameIn(style, named));
  return text === undefined ? option : `${side}label={${latexText(text)}}`;
}

/** Reference lines and annotations; those at places that the axes do not have are left out. */
function marksOf(options: readonly string[], { lines = [], annotations = [] }: ChartStyle): string[] {
  const at = (side: 'x' | 'y', place: string): number | null => valueAt(options, side, place);
  const end = (side: 'x' | 'y', which: 'min' | 'max'): string =>
    `\\pgfkeysvalueof{/pgfplots/${side}${which}}`;
  const drawn = lines.flatMap(({ axis, at: place, label }) => {
    const value = at(axis, place);
    if (value === null) return [];
    const [from, to] = (['min', 'max'] as const).map((which) =>
      axis === 'y' ? `${end('x', which)},${value}` : `${value},${end('y', which)}`,
    );
    const side = axis === 'y' ? 'above left' : 'below right';
    const words = label === '' ? '' : ` node[${side}, font=\\footnotesize] {${latexText(label)}}`;
    return [`\\draw[dashed] (axis cs:${from ?? ''}) -- (axis cs:${to ?? ''})${words};`];
  });
  const written = annotations.flatMap(({ x, y, text }) => {
    const [across, up] = [at('x', x), at('y', y)];
    if (across === null || up === null) return [];
    return [`\\node[anchor=west, font=\\footnotesize] at (axis cs:${across},${up}) {${latexText(text)}};`];
  });
  return [...drawn, ...written];
}

/** By what is written at a place of an axis, or a number on an axis without words of its own. */
function valueAt(options: readonly string[], side: 'x' | 'y', place: string): number | null {
  const inside = (name: string): string | undefined =>
    options.find((option) => option.startsWith(`${side}${name}={`))?.slice(`${side}${name}={`.length, -1);
  const labels = inside('ticklabels')?.slice(1, -1).split('},{');
  if (labels === undefined) return Number.isNaN(Number(place)) ? null : Number(place);
  const at = labels.indexOf(latexText(place));
  const value = Number(inside('tick')?.split(',')[at]);
  return at < 0 || Number.isNaN(value) ? null : value;
}

const LEGEND_LINE = /^\\addlegend(?:entry|image)/;

function wordsOf(body: readonly string[], style: ChartStyle): string[] {
  const names = new Map(
    Object.entries(style.names ?? {}).map(([text, name]) => [
      `\\addlegendentry{${latexText(text)}}`,
      `\\addlegendentry{${latexText(name)}}`,
    ]),
  );
  const kept = style.legend === 'none' ? body.filter((line) => !LEGEND_LINE.test(line)) : body;
  return kept.map((line) => names.get(line) ?? line);
}
