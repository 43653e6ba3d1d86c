import { accuracyParameters } from './accuracy-parameters.ts';
import { factorChart } from './factor-chart.ts';
import { drawSvg } from './figure-style.ts';
import { fitsHeatMap, heatMap } from './heat-map.ts';
import { type StudySummary, varyingFactors } from './study-summary.ts';

export interface Figure {
  /** Name of the file it is meant for. */
  readonly file: string;
  readonly svg: string;
}

/**
 * The figures of a study: `heat-map.svg` of its first two factors, or `factor.svg` where one varies or the
 * values are too many for a map, and `accuracy-parameters.svg`.
 */
export function studyFigures(summary: StudySummary): Figure[] {
  const factors = varyingFactors(summary.cells);
  const [first, ...others] = factors;
  const figures: Figure[] = [];
  if (fitsHeatMap(factors)) {
    figures.push({ file: 'heat-map.svg', svg: drawSvg(heatMap(summary, factors)) });
  } else if (first) {
    figures.push({ file: 'factor.svg', svg: drawSvg(factorChart(summary, first, others)) });
  }
  return [
    ...figures,
    { file: 'accuracy-parameters.svg', svg: drawSvg(accuracyParameters(summary, factors)) },
  ];
}
