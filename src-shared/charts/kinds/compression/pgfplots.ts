import { fixed } from '../../../numbers.ts';
import type { ChartStyle } from '../../chart-style.ts';
import type { CompressionData } from './data.ts';
import { latexText } from '../../latex/latex-text.ts';
import { axisOptions, inlineTable, namedTicks, type PgfAxis } from '../../latex/pgf-document.ts';

/** A bar for each cell at each stage, the test accuracy above it. */
export function compressionAxis({ stages, cells }: CompressionData, style: ChartStyle): PgfAxis {
  const width = (0.8 / Math.max(1, cells.length)) * (style.width / Math.max(1, stages.length));
  const body = cells.flatMap(({ label, stages: own }, place) => {
    const rows = own.map(({ bytes, accuracy }, at) => [
      at,
      bytes.mean === null ? null : bytes.mean / 1000,
      accuracy.mean === null ? null : 100 * accuracy.mean,
      ...[bytes.n, 1],
    ]);
    return [
      `\\addplot[fill=line${place}, draw=black, point meta=explicit] ${inlineTable('x=x, y=kilobytes, meta=accuracy', ['x', 'kilobytes', 'accuracy', 'seeds', 'cells'], rows)};`,
      ...(cells.length < 2 ? [] : [`\\addlegendentry{${latexText(label)}}`]),
    ];
  });
  return {
    options: [
      ...axisOptions(style, '', 'size (kB)'),
      ...namedTicks(
        'x',
        stages.map((label, at) => ({ at, label })),
      ),
      `ybar, bar width=${fixed(0.8 * width, 1)}pt`,
      'ymin=0',
      `xmin=-0.5, xmax=${stages.length - 0.5}`,
      'ymajorgrids',
      'nodes near coords={\\pgfmathprintnumber[fixed, precision=1]{\\pgfplotspointmeta}\\,\\%}',
      'every node near coord/.append style={font=\\tiny}',
      'legend style={draw=none, at={(0.5,1.02)}, anchor=south, legend columns=2}',
    ],
    body,
  };
}
