import { Problem } from '../mistakes/problem.ts';
import { MOST_SEEDS } from '../most-seeds.ts';
import type { StudyDefinition } from './study-definition.ts';

/**
 * The same study with seeds 0 to count - 1, which no rule adds to.
 *
 * @throws Problem `usage` unless count is a whole number from 1 to MOST_SEEDS.
 */
export function withSeeds(definition: StudyDefinition, count: number): StudyDefinition {
  if (!Number.isInteger(count) || count < 1 || count > MOST_SEEDS) {
    throw new Problem(
      'usage',
      `seeds: ${count} is not accepted; it must be a whole number from 1 to ${MOST_SEEDS}.`,
    );
  }
  return { ...withoutRule(definition), seeds: firstSeeds(count) };
}

function withoutRule(definition: StudyDefinition): StudyDefinition {
  const { until, ...rest } = definition;
  return until ? rest : definition;
}

/** 0 to count - 1. */
export function firstSeeds(count: number): number[] {
  return Array.from({ length: count }, (_, seed) => seed);
}
