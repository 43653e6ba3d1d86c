import type { ChartStyle } from '../../chart-style.ts';
import { latexText } from '../../latex/latex-text.ts';
import { axisOptions, inlineTable, namedTicks, type PgfAxis } from '../../latex/pgf-document.ts';
import { errorBar } from '../../latex/pgf-marks.ts';
import type { AnovaData } from '../anova/data.ts';
import { AXIS, testText } from './drawing.ts';

export function effectsAxis({ effects }: AnovaData, style: ChartStyle): PgfAxis {
  const marks = effects.flatMap(({ test }, place) => {
    if (!test) return [];
    const [low, high] = test.interval;
    return [[test.partialOmegaSquared, place, ...errorBar({ mean: test.partialOmegaSquared, low, high }, 1)]];
  });
  return {
    options: [
      ...axisOptions(style, AXIS, ''),
      ...namedTicks(
        'y',
        effects.map(({ title }, at) => ({ at, label: title })),
      ),
      'y dir=reverse',
      `ymin=-0.6, ymax=${effects.length - 0.4}`,
      'clip=false',
    ],
    body: [
      `\\addplot[line0, only marks, mark=square*, error bars/.cd, x dir=both, x explicit] ${inlineTable('x=x, y=y, x error minus=below, x error plus=above', ['x', 'y', 'below', 'above'], marks)};`,
      ...effects.map(
        (effect, place) =>
          `\\node[anchor=west] at (rel axis cs:1.02,${1 - (place + 0.6) / (effects.length + 0.2)}) {${latexText(testText(effect))}};`,
      ),
    ],
  };
}
