import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import type { ConfusionData } from '../../../src-shared/charts/confusion/data.ts';
import type { PgfAxis } from './document.ts';
import { matrixAxis } from './matrix.ts';

export function confusionAxes({ classes, panels }: ConfusionData, style: ChartStyle): PgfAxis[] {
  return panels.map(({ label, shares }) => {
    const places = classes.flatMap((_, row) =>
      classes.map((__, column) => {
        const share = shares[row]?.[column] ?? null;
        const value = share === null ? null : 100 * share;
        return { column, row, value, words: value === null || value === 0 ? [] : [value.toFixed(1)] };
      }),
    );
    const axes = { x: { title: 'predicted', labels: classes }, y: { title: 'true', labels: classes } };
    return matrixAxis(
      {
        ...axes,
        title: label,
        places,
        meta: 'share of the true class (%)',
        range: [0, 100],
        downwards: true,
      },
      style,
      1 / Math.min(panels.length, 2),
    );
  });
}
