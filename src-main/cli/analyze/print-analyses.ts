import { plain } from '../../../src-shared/numbers.ts';
import type { Analysis, AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { LAST } from '../../../src-shared/analysis/checkpoints.ts';
import type { Store } from '../../store/store.ts';
import { cellText } from '../../../src-shared/studies/factor-text.ts';
import type { AnalysesAt } from './by-checkpoint.ts';
import { printLine, printTable } from '../output.ts';

/** Of each run and method a table: a row for each layer, a column for each measure. */
export async function printAnalyses(store: Store, found: readonly AnalysesAt[]): Promise<void> {
  for (const { run, checkpoint, analyses } of found) {
    printLine(subjectLine(store, run) + (checkpoint === LAST ? '' : `, checkpoint ${checkpoint}`));
    for (const analysis of analyses) {
      printLine();
      await printAnalysis(analysis);
    }
    printLine();
  }
}

function subjectLine(store: Store, id: string): string {
  const network = store.findNetwork(id);
  if (network !== null) return `${id}, the network ${network.name}`;
  const { study, factors, seed } = store.run(id);
  return `${id} of ${study}: ${cellText(factors)}, seed ${seed}`;
}

async function printAnalysis({ method, results, files }: Analysis): Promise<void> {
  // numbers of single channels and of pairs are for programs
  const shown = results.filter(({ channel, other }) => channel === null && other === undefined);
  const measures = [...new Set(shown.map(({ measure }) => measure))];
  const layers = [...new Set(shown.map(({ layer }) => layer))];
  const found = new Map(shown.map((result) => [key(result.layer, result.measure), result]));
  if (shown.length > 0)
    await printTable(
      [
        { title: method },
        { title: 'role' },
        ...measures.map((title) => ({ title, align: 'right' as const })),
      ],
      layers.map((layer) => [
        layer ?? 'network',
        shown.find((result) => result.layer === layer)?.role ?? '',
        ...measures.map((measure) => foundText(found.get(key(layer, measure)))),
      ]),
    );
  if (shown.length < results.length)
    printLine(`and ${results.length - shown.length} more numbers, shown by --json`);
  for (const { file, title } of files) printLine(`${file}: ${title}`);
}

function key(layer: string | null, measure: string): string {
  return JSON.stringify([layer, measure]);
}

/** The value, and in brackets that of the untrained network where there is one. */
function foundText(result: AnalysisResult | undefined): string {
  if (result === undefined) return '';
  const { value, baselines } = result;
  const before = baselines['untrained'];
  return before === undefined ? numberText(value) : `${numberText(value)} (${numberText(before)})`;
}

function numberText(value: number | null): string {
  return value === null ? '-' : plain(value, 3);
}
