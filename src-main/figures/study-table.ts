import Table from 'cli-table3';
import { factorNames, factorText } from './factor-names.ts';
import { percent } from './figure-style.ts';
import { countText } from './plot-frame.ts';
import { type StudyCell, type StudySummary, varyingFactors } from './study-summary.ts';

const PLAIN_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/**
 * One line per cell: the factors that vary, mean and half width of the 95 % t interval in percent, its
 * bounds, n, parameters and multiply-accumulates. Plain text without colours, numbers to the right.
 */
export function studyTable({ metric, cells }: StudySummary): string {
  const factors = varyingFactors(cells);
  const names = factors.map(({ path }) => factorNames(path).short);
  const head = [...names, `${metric} (%)`, '95 % t interval', 'n', 'parameters', 'MACs'];
  const table = new Table({
    head,
    chars: PLAIN_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: head.map(() => 'right'),
  });
  for (const cell of cells) {
    const values = factors.map(({ path }) => factorText(cell.factors[path]));
    table.push([...values, meanText(cell), intervalText(cell), `${cell.n}`, ...costTexts(cell)]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function meanText({ mean, low, high }: StudyCell): string {
  if (mean === null) return 'no runs';
  return low === null || high === null ? percent(mean) : `${percent(mean)} ± ${percent((high - low) / 2)}`;
}

function intervalText({ low, high }: StudyCell): string {
  return low === null || high === null ? '–' : `${percent(low)} to ${percent(high)}`;
}

function costTexts({ parameters, macs }: StudyCell): string[] {
  return [parameters.toLocaleString('en-US'), countText(macs)];
}
