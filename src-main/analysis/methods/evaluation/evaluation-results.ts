import { RANGES, tInterval } from '../../../../src-shared/statistics/interval.ts';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import { wilsonInterval } from '../../measures/wilson-interval.ts';
import type { Judgement } from './judge-image.ts';

export interface EvaluatedClasses {
  /** k of the top-k accuracy. */
  readonly top: number;
  /** How many the network has. */
  readonly classes: number;
  /** How many the images are of. */
  readonly among: number;
}

/** Shares and mean losses over the images, in nats; by chance all classes are equally likely. */
export function evaluationResults(
  judged: readonly Judgement[],
  { top, classes, among }: EvaluatedClasses,
): LayerResult[] {
  const settings = { images: judged.length, classes, among };
  const share = (measure: string, chance: number, of: (one: Judgement) => boolean): LayerResult => {
    const value = judged.filter(of).length / judged.length;
    const interval = wilsonInterval(value, judged.length);
    return layerResult(null, { measure, value, interval, baselines: { chance }, settings });
  };
  const loss = (measure: string, chance: number, of: (one: Judgement) => number): LayerResult => {
    const { mean: value, low, high } = tInterval(judged.map(of), { range: RANGES['not negative'] });
    const interval = low === null || high === null ? null : ([low, high] as const);
    return layerResult(null, { measure, value, interval, baselines: { chance }, settings });
  };
  return [
    share('accuracy', 1 / classes, ({ rank }) => rank === 0),
    top < classes
      ? share('top-k-accuracy', top / classes, ({ rank }) => rank < top)
      : layerResult(null, { measure: 'top-k-accuracy', value: null, settings }),
    loss('loss', Math.log(classes), (one) => one.loss),
    share('accuracy-among', 1 / among, ({ rankAmong }) => rankAmong === 0),
    loss('loss-among', Math.log(among), ({ lossAmong }) => lossAmong),
  ];
}
