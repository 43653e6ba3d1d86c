import type { MeasureDescription } from '../../../src-shared/analysis/analysis-result.ts';
import { counted } from '../../../src-shared/counted.ts';
import { measureNumber } from '../network/measure-words.ts';
import type { OverSeeds } from './over-seeds.ts';

/** `0.44`, `0.41 to 0.47`, `n = 3 seeds`, or what is in the way of them. */
export function seedMeanWords({ interval }: OverSeeds, kind: MeasureDescription['kind']): string[] {
  const { n, mean, low, high } = interval;
  if (n === 0) return ['not defined in any run'];
  if (low === null || high === null)
    return [measureNumber(mean, kind), 'no interval', `n = ${counted(n, 'seed')}`];
  const [from, to] = [low, high].map((end) => measureNumber(end, kind));
  return [measureNumber(mean, kind), `${from ?? ''} to ${to ?? ''}`, `n = ${n} seeds`];
}
