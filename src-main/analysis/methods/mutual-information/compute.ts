import { randomStream, type RandomStream } from '../../../../src-shared/random.ts';
import { mean, RANGES } from '../../../../src-shared/statistics/interval.ts';
import { eachLayer, type LayerFeatures } from '../../each-layer.ts';
import { poolingOf } from '../../windows/pooling-of.ts';
import { layerResult } from '../../layer-result.ts';
import { bootstrapInterval, resampledRows } from '../../measures/bootstrap.ts';
import {
  bucketsOf,
  dependenceGraph,
  type DependenceGraph,
  type RowWeights,
  rowWeights,
} from '../../measures/dependence-graph.ts';
import {
  edgeGraphs,
  edgeInformation,
  hashedSide,
  type HashedSide,
  type OtherSide,
} from '../../measures/edge.ts';
import { hashables, type TiledMatrix } from '../../measures/hashed-values.ts';
import { columnTiles, type MatrixSource } from '../../measures/matrix-source.ts';
import type { Computation } from '../../method.ts';
import type { mutualInformationMethod } from './index.ts';
import { inputRows } from './input-rows.ts';
import { toldResults } from '../../told-results.ts';

/** The graphs of an ensemble, by which one draw of the projections estimates. */
interface Draw {
  readonly graphs: readonly DependenceGraph[];
  /** Hashed columns. */
  readonly width: number;
}

export const compute: Computation<typeof mutualInformationMethod> = async (subject, settings, control) => {
  const set = subject.evaluationSet(settings.images);
  const once = rowWeights([new Uint8Array(set.count).fill(1)]);
  const resamples = rowWeights(resampledRows(set.count));
  const order = randomStream(0, 'shuffled labels').permutation(set.count);
  const hashed = (source: TiledMatrix, of: string): HashedSide[] =>
    hashables(source, streams(of, settings.draws)).map((each) => hashedSide(each, settings));
  const inputs = hashed(inputRows(set, subject.graph.input, settings.inputSide), 'input');
  const sides = [
    { measure: 'label information', others: [bucketsOf(set.labels)], chance: 'shuffled labels' },
    { measure: 'input information', others: inputs, chance: 'shuffled inputs' },
  ] as const;
  const drawn = (lefts: readonly HashedSide[], others: readonly OtherSide[]): Draw[] =>
    pairsOf(lefts, others).map(([left, other]) => ({
      graphs: edgeGraphs(left, other, settings),
      width: left.hashable.coordinates.columns,
    }));
  /** Of each draw of the projections, those of each draw of the rows. */
  const overDraws = async (draws: readonly Draw[], weights: RowWeights): Promise<number[][]> => {
    const found: number[][] = [];
    for (const { graphs, width } of draws) {
      found.push(edgeInformation(graphs, weights, width, settings));
      await control.pause();
    }
    return found;
  };
  const estimate = async (draws: readonly Draw[]): Promise<number> =>
    mean((await overDraws(draws, once)).map(([found = NaN]) => found));
  const told = toldResults(control);
  const visit = async ({ layer, trained, untrained }: LayerFeatures): Promise<void> => {
    const [after, before] = [trained, untrained].map((features) =>
      hashed(tiled(features), `layer ${layer.name}`),
    );
    for (const { measure, others, chance } of sides) {
      const draws = drawn(after ?? [], others);
      const value = await estimate(draws);
      const resampled = resampledMeans(await overDraws(draws, resamples));
      told.push(
        layerResult(layer, {
          ...{ measure, settings, value },
          interval: bootstrapInterval(value, resampled, RANGES['not negative']),
          baselines: {
            untrained: await estimate(drawn(before ?? [], others)),
            [chance]: await estimate(draws.map((draw) => shuffled(draw, order))),
          },
        }),
      );
    }
  };
  const pooling = await poolingOf(subject, settings, control.pause);
  await eachLayer(subject, settings.images, control, visit, pooling);
  return { results: told.results, files: [] };
};

/** Of each draw of the rows the mean over as many draws of the projections, drawn anew from those that were made. */
function resampledMeans(found: readonly (readonly number[])[]): number[] {
  return (found[0] ?? []).map((_, resample) => {
    const stream = randomStream(0, 'resampled projections', resample);
    return mean(found.map(() => found[stream.integer(found.length)]?.[resample] ?? NaN));
  });
}

/** The same buckets with rows that do not belong together: what is found then is due to their number. */
function shuffled({ graphs, width }: Draw, order: Uint32Array): Draw {
  const moved = graphs.map(({ left, right }) =>
    dependenceGraph(left, { ...right, of: Int32Array.from(order, (row) => right.of[row] as number) }),
  );
  return { graphs: moved, width };
}

/** Each draw of one side with one of the other; a side that was not projected is in all pairs. */
function pairsOf(
  lefts: readonly HashedSide[],
  others: readonly OtherSide[],
): (readonly [HashedSide, OtherSide])[] {
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
