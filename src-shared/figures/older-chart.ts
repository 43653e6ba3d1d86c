/** A chart of an older specification as it is said now. */
export function olderChart(chart: unknown): unknown {
  if (typeof chart !== 'object' || chart === null || !('kind' in chart) || chart.kind !== 'anova')
    return chart;
  // it named its two settings, which were all that varied
  return Object.fromEntries(Object.entries(chart).filter(([name]) => name !== 'x' && name !== 'y'));
}
