import { quantile } from 'd3-array';
import { Matrix as Equations, solve } from 'ml-matrix';
import {
  type Buckets,
  dependenceGraph,
  type DependenceGraph,
  graphInformation,
  type RowWeights,
  rowWeights,
} from './dependence-graph.ts';
import type { ENSEMBLES } from './edge-ensembles.ts';
import { type Hashable, hashRows } from './hashed-values.ts';

export interface EnsembleSettings {
  /** Bandwidths, each with its own offset of the lattice. */
  readonly members: number;
  /** By which share the widest bandwidth exceeds the narrowest. */
  readonly range: number;
  /** Factor of all bandwidths. */
  readonly smoothness: number;
  readonly ensemble: (typeof ENSEMBLES)[number];
}

/** Continuous values, and their hashes with the first bandwidths, which serve every estimate that they are a side of. */
export interface HashedSide {
  readonly hashable: Hashable;
  /** Of each member. */
  readonly first: readonly Buckets[];
}

/** What continuous values are compared with: other such values, or classes. */
export type OtherSide = HashedSide | Buckets;

export function hashedSide(hashable: Hashable, settings: EnsembleSettings): HashedSide {
  return { hashable, first: hashes(hashable, settings, 1) };
}

/**
 * The graphs of the members, with bandwidths adapted to a first estimate: the more information there is, the finer they are.
 */
export function edgeGraphs(
  left: HashedSide,
  right: OtherSide,
  settings: EnsembleSettings,
): DependenceGraph[] {
  const { rows, columns } = left.hashable.coordinates;
  const graphsOf = (lefts: readonly Buckets[], rights: readonly Buckets[] | null): DependenceGraph[] =>
    lefts.map((buckets, member) =>
      dependenceGraph(buckets, 'of' in right ? right : (rights?.[member] as Buckets)),
    );
  const graphs = graphsOf(left.first, 'of' in right ? null : right.first);
  const once = rowWeights([new Uint8Array(rows).fill(1)]);
  const [first = NaN] = edgeInformation(graphs, once, columns, settings);
  // the second factor of .4 is of the published implementation, whose bandwidths it multiplies in both rounds
  const factor = 0.4 * 2 ** (0.5 / first - Math.sqrt(2 * first));
  const rights = 'of' in right ? null : hashes(right.hashable, settings, factor);
  return graphsOf(hashes(left.hashable, settings, factor), rights);
}

/**
 * The mutual information in bits by the ensemble dependency graph estimator (EDGE) of Noshad, Zeng and Hero, 2019.
 * @param weights how often each row counts in each draw
 * @param width hashed columns
 * @returns of each draw
 */
export function edgeInformation(
  graphs: readonly DependenceGraph[],
  weights: RowWeights,
  width: number,
  settings: Pick<EnsembleSettings, 'range' | 'ensemble'>,
): number[] {
  const estimates = graphs.map((graph) => graphInformation(graph, weights));
  const rows = graphs[0]?.edges.of.length ?? 0;
  const combine = combination(estimates.length, rows, width, settings);
  return Array.from({ length: weights.draws }, (_, draw) =>
    combine(estimates.map((each) => each[draw] as number)),
  );
}

/** How the estimates of the members become one. */
function combination(
  members: number,
  rows: number,
  width: number,
  { ensemble, range }: Pick<EnsembleSettings, 'range' | 'ensemble'>,
): (estimates: readonly number[]) => number {
  if (ensemble === 'median') return (estimates) => quantile(estimates, 0.5) ?? NaN;
  const shares =
    ensemble === 'mean'
      ? Array.from({ length: members }, () => 1 / members)
      : optimalWeights(members, range, width, rows);
  return (estimates) =>
    Math.max(
      0,
      estimates.reduce((sum, estimate, member) => sum + (shares[member] ?? NaN) * estimate, 0),
    );
}

/**
 * Weights of members whose bandwidths are 1 to 1 + range, with the least bound of rows x squared error: the sum of squares of
 * the weights, for the variance, and of sqrt(rows) rows^(-i / 2 width) sum w t^i for i of 1 to width, for the terms of the bias.
 */
export function optimalWeights(members: number, range: number, width: number, rows: number): number[] {
  const bounds = Equations.eye(members);
  for (let power = 1; power <= width; power++) {
    const term = Equations.columnVector(bandwidthFactors(members, range)).pow(power);
    bounds.add(term.mmul(term.transpose()).mul(rows ** (1 - power / width)));
  }
  const solution = solve(bounds, Equations.ones(members, 1)).to1DArray();
  const sum = solution.reduce((total, each) => total + each, 0);
  return solution.map((each) => each / sum);
}

/** Of each member. */
function hashes(
  hashable: Hashable,
  { members, range, smoothness }: EnsembleSettings,
  factor: number,
): Buckets[] {
  return bandwidthFactors(members, range).map((wider, member) =>
    hashRows(hashable, smoothness * factor * wider, member / members),
  );
}

function bandwidthFactors(members: number, range: number): number[] {
  return Array.from({ length: members }, (_, member) => 1 + (range * member) / Math.max(1, members - 1));
}
