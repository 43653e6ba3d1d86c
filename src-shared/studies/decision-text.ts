import { counted } from '../counted.ts';
import { RUN_METRICS } from '../metrics/metrics.ts';
import type { SeedDecision, SeedsState, SeedsUntil } from './seeds-until.ts';

/** Where the seeds of a cell are: `narrow enough`, `9 seeds for ± 0.5`. */
export function decisionText({ state, rule, firstStage, needed, seeds }: SeedDecision): string {
  const { min, max, halfWidth } = rule;
  switch (state) {
    case 'first stage':
      return `first stage: ${firstStage.length} of ${counted(min, 'seed')}`;
    case 'second stage':
      return needed !== null && needed > max
        ? `all ${max} seeds; ± ${halfWidth} takes ${needed}`
        : `${counted(needed ?? max, 'seed')} for ± ${halfWidth}`;
    case 'narrow enough':
      return 'narrow enough';
    case 'most seeds':
      return `wider: ± ${halfWidth} takes ${counted(needed ?? max, 'seed')}`;
    case 'given up':
      return `given up: too many of ${counted(seeds.length, 'run')} have no result`;
  }
}

/** `5 to 12 seeds for a 95 % interval of at most ± 0.5 percentage points of test accuracy (Stein’s two stages)`. */
export function ruleText({ halfWidth, metric, min, max }: SeedsUntil): string {
  const { kind, title } = RUN_METRICS[metric];
  const reach = `± ${halfWidth} ${kind === 'share' ? 'percentage points ' : ''}of ${title}`;
  return `${min} to ${max} seeds for a 95\u00a0% interval of at most ${reach} (Stein’s two stages)`;
}

/** In the order in which notes tell of them. */
const WORDS: Readonly<Record<SeedsState, string>> = {
  'narrow enough': 'narrow enough',
  'most seeds': 'wider with the most seeds',
  'second stage': 'in the second stage',
  'first stage': 'in the first stage',
  'given up': 'given up',
};

/** What is to be said where a rule added the seeds of cells, one note for each rule; none where they are fixed. */
export function decisionNotes(cells: readonly { readonly decision?: SeedDecision }[]): string[] {
  const decisions = cells.flatMap(({ decision }) => decision ?? []);
  const byRule = Map.groupBy(decisions, ({ rule }) => ruleText(rule));
  return [...byRule].map(([rule, made]) => {
    const counts = Object.entries(WORDS).flatMap(([state, words]) => {
      const count = made.filter((decision) => decision.state === state).length;
      return count === 0 ? [] : [`${count} ${words}`];
    });
    return `${rule}: of ${counted(made.length, 'cell')} ${counts.join(', ')}`;
  });
}
