import type { Graph } from '../../../../src-shared/networks/graph.ts';
import { boundsOf, standardDeviation, tInterval } from '../../../../src-shared/statistics/interval.ts';
import { layerResult } from '../../layer-result.ts';
import { layerMeans } from '../../lesions/layer-means.ts';
import { replaced } from '../../lesions/replacements.ts';
import type { Change } from '../../lesions/score-changes.ts';
import { scoreNetwork } from '../../lesions/score-network.ts';
import {
  allOrders,
  drawOrders,
  fullCoalition,
  isMember,
  shapleyValues,
  type Coalition,
} from './shapley-values.ts';
import type { Computation } from '../../method.ts';
import { WORTHS, type shapleyMethod } from './index.ts';
import { batchNormSetting } from '../../weights/fold-batch-norm.ts';
import { trainedNetwork } from '../../weights/kernels-of-run.ts';

/** Up to so many players all orders are taken (24 of four), so that nothing is estimated. */
const MOST_EXACT = 4;

export const compute: Computation<typeof shapleyMethod> = async (
  subject,
  { images, permutations },
  control,
) => {
  const means = await layerMeans(subject, images);
  const network = trainedNetwork(subject);
  const players = network.graph.layers.filter(({ role }) => role === 'expand 1x1' || role === 'expand 3x3');
  if (players.length === 0) return { results: [], files: [] };
  const exact = players.length <= MOST_EXACT;
  const orders = exact ? allOrders(players.length) : drawOrders(players.length, permutations, 0);
  const changes = orders.coalitions.map((coalition) => withoutAbsent(players, coalition, means));
  const set = subject.evaluationSet(images);
  const { changed } = await scoreNetwork(subject, network, set, changes, control);
  const scores = new Map(orders.coalitions.map((coalition, place) => [coalition, changed[place]]));
  const settings = {
    ...{ images: set.count, permutations: orders.orders.length, replacement: 'mean' },
    batchNorm: batchNormSetting(subject.graph),
  };
  const results = WORTHS.flatMap(({ name, of }) => {
    const valueOf = (coalition: Coalition): number => {
      const found = scores.get(coalition);
      if (found === undefined) throw new Error(`no scores of coalition ${coalition}`);
      return of(found);
    };
    const all = valueOf(fullCoalition(players.length));
    return [
      layerResult(null, { settings, measure: `${name}-all`, value: all }),
      layerResult(null, { settings, measure: `${name}-none`, value: valueOf(0n) }),
      ...shapleyValues(orders, valueOf).flatMap(({ value, contributions }, place) => {
        const player = players[place] ?? null;
        const error = exact ? 0 : standardDeviation(contributions) / Math.sqrt(contributions.length);
        const interval = exact ? null : boundsOf(tInterval(contributions));
        return [
          layerResult(player, { settings, measure: name, value, interval }),
          layerResult(player, { settings, measure: `${name}-error`, value: error }),
        ];
      }),
    ];
  });
  return { results, files: [] };
};

/** The network with those at their means who are not in the coalition. */
function withoutAbsent(
  players: Graph['layers'],
  coalition: Coalition,
  means: (layer: string) => ArrayLike<number>,
): Change {
  const absent = players.filter((_, player) => !isMember(coalition, player)).map(({ name }) => name);
  return {
    layers: absent,
    replace: (intact, firstImage) =>
      new Map(
        absent.map((name) => {
          const output = intact.get(name);
          if (output === undefined) throw new Error(`no output of ${name}`);
          return [name, replaced(output, 'mean', means(name), firstImage)];
        }),
      ),
  };
}
