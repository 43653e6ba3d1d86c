import { groupBorders, type GroupTick, groupTicks } from '../../axis-groups.ts';
import type { ChartStyle } from '../../chart-style.ts';
import { arrowOf } from './cut-references.ts';
import type { FactorData } from './data.ts';
import { factorDots } from './dots.ts';
import { lookOf } from '../../palette.ts';
import type { Spread } from '../../quantity.ts';
import { lineLook } from './line-notes.ts';
import { type FactorPoint, intervalWithin } from './points.ts';
import { latexText } from '../../latex/latex-text.ts';
import { axisOptions, inlineTable, namedTicks, type PgfAxis } from '../../latex/pgf-document.ts';
import { ERROR_BARS, errorBar, pgfDash, pgfMark } from '../../latex/pgf-marks.ts';

export function factorAxis(data: FactorData, style: ChartStyle): PgfAxis {
  const { quantity, x, lines, lineTitle, references, borders } = data;
  const dots = factorDots(data);
  const { scale } = quantity;
  const body = lines.flatMap((line, place) => {
    const { symbol, dash } = lineLook(line, place, style);
    const means = line.points.flatMap((point) =>
      point.mean === null
        ? []
        : [[point.at, point.mean * scale, ...errorBar(shownSpread(point), scale), point.seeds, point.cells]],
    );
    const runs = line.points.flatMap((point) =>
      (dots.get(point) ?? []).map(({ value }) => [point.at, value * scale]),
    );
    const join = x.ordered && line.isJoined ? pgfDash(dash, style.lineWidth) : 'only marks';
    return [
      ...[...new Set(line.points.map(({ over }) => over))]
        .filter((over) => over !== '')
        .map((over) => `% ${latexText(`${lineTitle} ${line.label}: ${over}`)}`),
      `\\addplot[line${place}, only marks, mark=*, mark size=0.8pt, opacity=0.45, forget plot] ${inlineTable('x=x, y=y', ['x', 'y'], runs)};`,
      `\\addplot[line${place}, ${pgfMark(symbol, `line${place}`)}, ${join}, ${ERROR_BARS}] ${inlineTable('x=x, y=mean, y error minus=below, y error plus=above', ['x', 'mean', 'below', 'above', 'seeds', 'cells'], means)};`,
      ...(lineTitle === '' ? [] : [`\\addlegendentry{${latexText(`${lineTitle} ${line.label}`)}}`]),
    ];
  });
  const labels = [...new Set(references.map(({ label }) => label))];
  const beside = references.flatMap(({ label, of, points }) => [
    `\\addplot[gray, no marks, ${pgfDash(lookOf(labels.indexOf(label) + 1).dash, style.lineWidth)}] ${inlineTable(
      'x=x, y=y',
      ['x', 'y'],
      points.map(({ at, value }) => [at, value * scale]),
    )};`,
    `\\addlegendentry{${latexText(of ? `${label}, ${of.label}` : label)}}`,
    ...points.flatMap(({ at, value, goesOn }) =>
      goesOn === undefined
        ? []
        : `\\addplot[only marks, ${pgfMark(arrowOf(goesOn), 'white')}, forget plot] coordinates {(${at},${value * scale})};`,
    ),
  ]);
  const upright = borders.map(
    (at) =>
      `\\draw[densely dotted] ({axis cs:${at},0} |- {rel axis cs:0,0}) -- ({axis cs:${at},0} |- {rel axis cs:0,1});`,
  );
  const between = groupBorders(x.groups ?? []).map(
    (at) =>
      `\\draw[black!15] ({axis cs:${at},0} |- {rel axis cs:0,0}) -- ({axis cs:${at},0} |- {rel axis cs:0,1});`,
  );
  return {
    options: [
      ...axisOptions(style, x.scale === 'log' ? `${x.title}, logarithmic` : x.title, quantity.axis),
      ...namedTicks('x', namedPlaces(data, style)),
      'ymajorgrids',
      'legend style={draw=none, at={(0.5,1.02)}, anchor=south, legend columns=3}',
    ],
    body: [...between, ...body, ...beside, ...upright],
  };
}

/** Of groups those whose names have room. */
function namedPlaces({ x }: FactorData, { width, fontSize }: ChartStyle): readonly GroupTick[] {
  return x.groups ? groupTicks(x.groups, width / x.places.length, fontSize) : x.places;
}

/** Over the seeds, or of one seed within the run, as the notes say. */
function shownSpread(point: FactorPoint): Spread {
  const [low, high] = intervalWithin(point) ?? [point.low, point.high];
  return { mean: point.mean, low, high };
}
