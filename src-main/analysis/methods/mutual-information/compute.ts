import { randomStream, type RandomStream } from '../../../../src-shared/random.ts';
import { mean, RANGES } from '../../../../src-shared/statistics/interval.ts';
import { eachLayer, type LayerFeatures } from '../../each-layer.ts';
import { poolingOf } from '../../windows/pooling-of.ts';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import { bootstrapInterval, resampledRows } from '../../measures/bootstrap.ts';
import { bucketsOf, dependenceGraph, type DependenceGraph } from '../../measures/dependence-graph.ts';
import { edgeGraphs, edgeInformation, type OtherSide } from '../../measures/edge.ts';
import { type Hashable, hashables, type TiledMatrix } from '../../measures/hashed-values.ts';
import { columnTiles, type MatrixSource } from '../../measures/matrix-source.ts';
import type { Computation } from '../../method.ts';
import type { mutualInformationMethod } from './index.ts';
import { inputRows } from './input-rows.ts';

/** The graphs of an ensemble, by which one draw of the projections estimates. */
interface Draw {
  readonly graphs: readonly DependenceGraph[];
  /** Hashed columns. */
  readonly width: number;
}

export const compute: Computation<typeof mutualInformationMethod> = async (subject, settings, control) => {
  const set = subject.evaluationSet(settings.images);
  const once = new Uint8Array(set.count).fill(1);
  const resamples = resampledRows(set.count);
  const order = randomStream(0, 'shuffled labels').permutation(set.count);
  const inputs = hashables(
    inputRows(set, subject.graph.input, settings.inputSide),
    streams('input', settings.draws),
  );
  const sides = [
    { measure: 'label information', others: [bucketsOf(set.labels)], chance: 'shuffled labels' },
    { measure: 'input information', others: inputs, chance: 'shuffled inputs' },
  ] as const;
  const estimate = ({ graphs, width }: Draw, weights: Uint8Array): number =>
    edgeInformation(graphs, weights, width, settings);
  const drawn = (lefts: readonly Hashable[], others: readonly OtherSide[]): Draw[] =>
    pairsOf(lefts, others).map(([left, other]) => ({
      graphs: edgeGraphs(left, other, settings),
      width: left.coordinates.columns,
    }));
  const overDraws = (draws: readonly Draw[], weights: Uint8Array): number[] =>
    draws.map((draw) => estimate(draw, weights));
  const results: LayerResult[] = [];
  const visit = async ({ layer, trained, untrained }: LayerFeatures): Promise<void> => {
    const hashed = (features: MatrixSource): Hashable[] =>
      hashables(tiled(features), streams(`layer ${layer.name}`, settings.draws));
    const [after, before] = [hashed(trained), hashed(untrained)];
    for (const { measure, others, chance } of sides) {
      const draws = drawn(after, others);
      const value = mean(overDraws(draws, once));
      const resampled: number[] = [];
      for (const [resample, weights] of resamples.entries()) {
        const stream = randomStream(0, 'resampled projections', resample);
        const found = overDraws(draws, weights);
        resampled.push(mean(found.map(() => found[stream.integer(found.length)] ?? NaN)));
        if (resample % 20 === 0) await control.pause();
      }
      results.push(
        layerResult(layer, {
          ...{ measure, settings, value },
          interval: bootstrapInterval(value, resampled, RANGES['not negative']),
          baselines: {
            untrained: mean(overDraws(drawn(before, others), once)),
            [chance]: mean(
              overDraws(
                draws.map((draw) => shuffled(draw, order)),
                once,
              ),
            ),
          },
        }),
      );
      await control.pause();
    }
  };
  const pooling = await poolingOf(subject, settings, control.pause);
  await eachLayer(subject, settings.images, control, visit, pooling);
  return { results, files: [] };
};

/** The same buckets with rows that do not belong together: what is found then is due to their number. */
function shuffled({ graphs, width }: Draw, order: Uint32Array): Draw {
  const moved = graphs.map(({ left, right }) =>
    dependenceGraph(left, { ...right, of: Int32Array.from(order, (row) => right.of[row] as number) }),
  );
  return { graphs: moved, width };
}

/** Each draw of one side with one of the other; a side that was not projected is in all pairs. */
function pairsOf(
  lefts: readonly Hashable[],
  others: readonly OtherSide[],
): (readonly [Hashable, OtherSide])[] {
  return Array.from({ length: Math.max(lefts.length, others.length) }, (_, draw) => {
    const [left, other] = [lefts[draw % lefts.length], others[draw % others.length]];
    if (!left || !other) throw new Error('a side without draws');
    return [left, other] as const;
  });
}

function streams(of: string, draws: number): RandomStream[] {
  return Array.from({ length: draws }, (_, draw) => randomStream(0, 'projection', of, draw));
}

function tiled(source: MatrixSource): TiledMatrix {
  return {
    ...{ rows: source.rows, columns: source.columns },
    tiles: function* () {
      for (const { start, tile } of columnTiles(source)) yield { row: 0, column: start, tile };
    },
  };
}
