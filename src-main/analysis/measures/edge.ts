import { quantile } from 'd3-array';
import { Matrix as Equations, solve } from 'ml-matrix';
import { type Buckets, dependenceGraph, type DependenceGraph, graphInformation } from './dependence-graph.ts';
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

/** What continuous values are compared with: other such values, or classes. */
export type OtherSide = Hashable | Buckets;

/**
 * The graphs of the members, with bandwidths adapted to a first estimate: the more information there is, the finer they are.
 */
export function edgeGraphs(left: Hashable, right: OtherSide, settings: EnsembleSettings): DependenceGraph[] {
  const once = new Uint8Array(left.coordinates.rows).fill(1);
  const first = edgeInformation(
    membersOf(left, right, settings, 1),
    once,
    left.coordinates.columns,
    settings,
  );
  // the second factor of .4 is of the published implementation, whose bandwidths it multiplies in both rounds
  return membersOf(left, right, settings, 0.4 * 2 ** (0.5 / first - Math.sqrt(2 * first)));
}

/**
 * The mutual information in bits by the ensemble dependency graph estimator (EDGE) of Noshad, Zeng and Hero, 2019.
 * @param weights how often each row counts
 * @param width hashed columns
 */
export function edgeInformation(
  graphs: readonly DependenceGraph[],
  weights: Uint8Array,
  width: number,
  settings: Pick<EnsembleSettings, 'range' | 'ensemble'>,
): number {
  const estimates = graphs.map((graph) => graphInformation(graph, weights));
  if (settings.ensemble === 'median') return quantile(estimates, 0.5) ?? NaN;
  const shares =
    settings.ensemble === 'mean'
      ? estimates.map(() => 1 / estimates.length)
      : optimalWeights(estimates.length, settings.range, width, weights.length);
  return Math.max(
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

function membersOf(
  left: Hashable,
  right: OtherSide,
  { members, range, smoothness }: EnsembleSettings,
  factor: number,
): DependenceGraph[] {
  return bandwidthFactors(members, range).map((wider, member) => {
    const hash = (side: OtherSide): Buckets =>
      'of' in side ? side : hashRows(side, smoothness * factor * wider, member / members);
    return dependenceGraph(hash(left), hash(right));
  });
}

function bandwidthFactors(members: number, range: number): number[] {
  return Array.from({ length: members }, (_, member) => 1 + (range * member) / Math.max(1, members - 1));
}
