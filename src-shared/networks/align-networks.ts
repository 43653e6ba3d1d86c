import type { DrawnBlock, DrawnLayer } from './lay-out-network.ts';
import { operationWords } from './layer-words.ts';

export type LayerChange = 'same' | 'changed' | 'only left' | 'only right';

export interface AlignedLayer {
  readonly left: DrawnLayer | null;
  readonly right: DrawnLayer | null;
  readonly change: LayerChange;
}

export interface AlignedBlock {
  readonly left: DrawnBlock | null;
  readonly right: DrawnBlock | null;
  readonly layers: readonly AlignedLayer[];
}

/**
 * Sets two networks side by side, in the order of both: blocks that do the same job stand on one row (Needleman and
 * Wunsch's alignment, in which a gap costs nothing), and in them the layers of the same role.
 */
export function alignNetworks(left: readonly DrawnBlock[], right: readonly DrawnBlock[]): AlignedBlock[] {
  const best = bestScores(left, right);
  const rows: AlignedBlock[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [a, b] = [left[i] ?? null, right[j] ?? null];
    const here = best[i]?.[j] ?? 0;
    if (a && b && likeness(a, b) > 0 && here === likeness(a, b) + (best[i + 1]?.[j + 1] ?? 0)) {
      rows.push({ left: a, right: b, layers: alignLayers(a.layers, b.layers) });
      i += 1;
      j += 1;
    } else if (a && here === (best[i + 1]?.[j] ?? 0)) {
      rows.push({ left: a, right: null, layers: alignLayers(a.layers, []) });
      i += 1;
    } else {
      if (b) rows.push({ left: null, right: b, layers: alignLayers([], b.layers) });
      j += 1;
    }
  }
  return rows;
}

/** `best[i][j]`: the highest sum of likenesses that what follows from block i and block j can reach. */
function bestScores(left: readonly DrawnBlock[], right: readonly DrawnBlock[]): number[][] {
  const best = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const [a, b] = [left[i], right[j]];
      const both = a && b ? likeness(a, b) : 0;
      const row = best[i];
      if (!row) continue;
      row[j] = Math.max(
        best[i + 1]?.[j] ?? 0,
        row[j + 1] ?? 0,
        both > 0 ? both + (best[i + 1]?.[j + 1] ?? 0) : 0,
      );
    }
  }
  return best;
}

/**
 * How much two blocks are alike; 0 where they have nothing to do with each other. Modules of any two families may
 * stand side by side, best where their roles, their names and the size of their maps agree. All are multiples of a
 * half, so that sums are exact.
 */
function likeness(a: DrawnBlock, b: DrawnBlock): number {
  if (isModule(a) !== isModule(b)) return 0;
  const roles = new Set(a.layers.map(({ layer }) => layer.role));
  const shared = new Set(b.layers.map(({ layer }) => layer.role).filter((role) => roles.has(role)));
  if (!isModule(a) && shared.size === 0) return 0;
  const sameName = a.name === b.name ? 2 : 0;
  const sameSize = a.output[0] === b.output[0] ? 0.5 : 0;
  if (isModule(a)) return 1.5 + shared.size + sameName + sameSize;
  const [first, second] = [a.layers[0]?.layer, b.layers[0]?.layer];
  // A pool that has moved must not tear modules apart, and the one before the logits is none of the body's.
  if (first?.weights.length === 0) return first.kind === second?.kind ? 0.5 + sameName + sameSize : 0;
  return 2.5 + sameName + sameSize;
}

function isModule({ layers }: DrawnBlock): boolean {
  return layers[0]?.layer.module != null;
}

/** The first of a role with the first, the second with the second; in the left order, then what only the right has. */
function alignLayers(left: readonly DrawnLayer[], right: readonly DrawnLayer[]): AlignedLayer[] {
  const free = new Set(right);
  const rows = left.map((a): AlignedLayer => {
    const b = [...free].find(({ layer }) => layer.role === a.layer.role && layer.kind === a.layer.kind);
    if (!b) return { left: a, right: null, change: 'only left' };
    free.delete(b);
    return { left: a, right: b, change: isSame(a, b) ? 'same' : 'changed' };
  });
  return [...rows, ...[...free].map((b): AlignedLayer => ({ left: null, right: b, change: 'only right' }))];
}

function isSame(a: DrawnLayer, b: DrawnLayer): boolean {
  return (
    operationWords(a.layer) === operationWords(b.layer) &&
    a.layer.output.join() === b.layer.output.join() &&
    a.cost.parameters === b.cost.parameters &&
    a.cost.movingStatistics === b.cost.movingStatistics &&
    a.cost.macs === b.cost.macs
  );
}
