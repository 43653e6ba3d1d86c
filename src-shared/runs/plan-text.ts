import { extent } from 'd3-array';
import { aboutDuration, duration, percent, whole } from '../numbers.ts';
import type { PlannedTotals, StudyPlan } from './plan-study.ts';

/** A total with the one if a rule adds as many seeds as it may, `10 to 24`; one number where they are written alike. */
export function totalText(
  plan: StudyPlan,
  of: (totals: PlannedTotals) => number,
  write: (value: number) => string,
): string {
  return rangeText(of(plan), of(plan.most ?? plan), write);
}

/** `10 to 24`; one number where both are written alike. */
export function rangeText(least: number, most: number, write: (value: number) => string): string {
  return [...new Set([least, most].map(write))].join(' to ');
}

/** `1 run`, `8 runs`, `10 to 24 runs`. */
export function runsText(least: number, most: number): string {
  const text = rangeText(least, most, whole);
  return `${text} ${text === '1' ? 'run' : 'runs'}`;
}

/** Of all missing runs: `about 2 h`, `0 s` without any, or `unknown`. */
export function timeText(plan: StudyPlan): string {
  const { seconds } = plan;
  if (seconds === null) return 'unknown';
  const most = plan.most?.seconds ?? seconds;
  return most === 0 ? duration(0) : aboutDuration(seconds, most);
}

/** What the time rests on, and how many trainers share the work, in sentences. */
export function timeBasis({ basis, jobs }: StudyPlan): string {
  return `${basis} ${jobs.reason}.`;
}

/** What histograms cost besides room: `Histograms lengthen the steps by about 7.1 %, …`; empty without any. */
export function histogramText({ cells }: Pick<StudyPlan, 'cells'>): string {
  const [least = 0, most = 0] = extent(cells, (cell) => cell.histogramShare);
  if (most === 0) return '';
  return `Histograms lengthen the steps by about ${rangeText(least, most, (share) => percent(share))}, which is not counted in the time.`;
}
