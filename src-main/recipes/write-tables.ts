import type { Analysis } from '../../src-shared/analysis/analysis-result.ts';
import type { RecipeTable } from '../../src-shared/recipes/analysis-recipe.ts';
import { csv } from '../files/csv.ts';
import { type ExportedFile, textFile } from '../files/exported-file.ts';
import { type RecipeResults, stepAt } from './recipe-results.ts';

const COLUMNS = [
  'subject',
  'run',
  'layer',
  'role',
  'channel',
  'other run',
  'other layer',
  'measure',
  'value',
];

/** The numbers of a step, one a line, each with its interval and baselines; null where there are none. */
export function recipeTable(results: RecipeResults, table: RecipeTable): ExportedFile | null {
  const analyses = results.found[stepAt(results, table.of)] ?? [];
  const wanted = analyses.flatMap((analysis) => numbersOf(results, analysis, table));
  const baselines = [...new Set(wanted.flatMap(({ result }) => Object.keys(result.baselines)))];
  if (wanted.length === 0) return null;
  const rows = wanted.map(({ subject, run, result }) => {
    const { layer, role, channel, other, measure, value, interval } = result;
    return [
      ...[subject, run, layer, role, channel, other?.run, other?.layer, measure, value],
      ...[interval?.[0], interval?.[1]],
      ...baselines.map((name) => result.baselines[name]),
    ];
  });
  const columns = [...COLUMNS, '95 % low', '95 % high', ...baselines];
  return textFile(`tables/${table.name}.csv`, 'text/csv', csv(columns, rows));
}

function numbersOf({ subjects }: RecipeResults, { run, results }: Analysis, { measures }: RecipeTable) {
  const subject = subjects.find(({ runs }) => runs.includes(run))?.title ?? run;
  return results
    .filter(({ measure }) => measures === null || measures.includes(measure))
    .map((result) => ({ subject, run, result }));
}
