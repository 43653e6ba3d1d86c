import { readFileSync } from 'node:fs';
import type { Matrix } from '../../../../src-main/analysis/measures/matrix.ts';

/** Classes of the example. */
export const CLASSES = 5;

/** The features of test/fixtures/layer-measures.py, value for value; the classes come in turn. */
export function exampleFeatures(rows: number, columns: number, stream: number): Matrix {
  let state = BigInt(stream);
  const uniform = (): number => {
    state = (state * 1103515245n + 12345n) % 2n ** 31n;
    return Number(state) / 2 ** 31;
  };
  const values = Float32Array.from({ length: rows * columns }, (_, index) => {
    const row = Math.floor(index / columns);
    const column = index % columns;
    let total = 0;
    for (let draw = 0; draw < 4; draw++) total += uniform() - 0.5;
    const shift = row % CLASSES === column % (2 * CLASSES) ? 0.8 : 0;
    return Math.max(0, total * (1 + (column % 3)) + shift);
  });
  return { rows, columns, values };
}

/** Of so many rows. */
export function exampleLabels(rows: number): Uint16Array {
  return Uint16Array.from({ length: rows }, (_, row) => row % CLASSES);
}

interface Separation {
  readonly fisher: number;
  readonly collapse: number;
}
interface Spectrum {
  readonly effectiveRank: number;
  readonly participationRatio: number;
  readonly saturation: number;
}
export interface ReferenceProbe {
  readonly l2: number;
  readonly crossEntropy: number;
  readonly accuracy: number;
}
/** With the penalty chosen and the intervals of the held-out rows. */
export interface WholeReferenceProbe extends ReferenceProbe {
  readonly crossEntropyInterval: readonly [number, number];
  readonly accuracyInterval: readonly [number, number];
}

type ClusterMeasure = 'inertia' | 'crossEntropy' | 'mutualInformation' | 'purity' | 'silhouette';

/** What scikit-learn, scikit-dimension, statsmodels, SciPy and NumPy say of these features. */
export interface ReferenceMeasures {
  readonly separation: Separation;
  readonly separationWide: Separation;
  readonly spectrum: Spectrum;
  readonly spectrumWide: Spectrum;
  readonly intrinsicDimension: number;
  readonly clusters: {
    readonly clusters: readonly number[];
    readonly inertia: number;
    readonly crossEntropy: number;
    readonly mutualInformation: number;
    readonly purity: number;
    readonly silhouette: number;
  };
  /** Over 20 disjoint sets of 200 rows of the third stream, each clustered from 20 starts. */
  readonly clusterScatter: Readonly<Record<ClusterMeasure, { readonly mean: number; readonly sd: number }>>;
  readonly probes: readonly ReferenceProbe[];
  readonly probesWide: readonly ReferenceProbe[];
  readonly wholeProbe: WholeReferenceProbe;
  readonly wholeProbeWide: WholeReferenceProbe;
  /** On 12 principal components of the wide features. */
  readonly wholeProbeOfDimension: WholeReferenceProbe;
  readonly selectivity: readonly number[];
  readonly cka: number;
}

export function referenceMeasures(): ReferenceMeasures {
  const file = new URL('../../../fixtures/layer-measures.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as ReferenceMeasures;
}

/** Fails unless the two agree to this share of the expected one. */
export function assertNear(found: number | null, expected: number, share: number): void {
  if (found !== null && Math.abs(found - expected) <= share * Math.abs(expected)) return;
  throw new Error(`${found} is not within ${share} of ${expected}`);
}
