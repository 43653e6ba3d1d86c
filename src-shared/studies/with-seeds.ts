import { Problem } from '../mistakes/problem.ts';
import type { StudyDefinition } from './study-definition.ts';

/**
 * The same study with seeds 0 to count - 1, which no rule adds to.
 *
 * @throws Problem `usage` unless count is a whole number from 1 to 1000.
 */
export function withSeeds(definition: StudyDefinition, count: number): StudyDefinition {
  if (!Number.isInteger(count) || count < 1 || count > 1000) {
    throw new Problem('usage', `seeds: ${count} is not accepted; it must be a whole number from 1 to 1000.`);
  }
  const { name, dataset, data, network, training, design, extraSeeds } = definition;
  const seeds = firstSeeds(count);
  return { name, dataset, data, network, training, design, seeds, ...(extraSeeds && { extraSeeds }) };
}

/** 0 to count - 1. */
export function firstSeeds(count: number): number[] {
  return Array.from({ length: count }, (_, seed) => seed);
}
