import { andList } from '../lists.ts';
import type { RunRecord } from '../studies/run-record.ts';

/**
 * What computed a run. Another engine, device or number of threads adds in another order, and so do runs in one step, so that the same cell and seed
 * come to another result; how far, nothing tells but repetition.
 */
export type ComputedWith = Pick<RunRecord, 'engine' | 'engineVersion' | 'device' | 'threads' | 'fusedWith'>;

/** In what runs differ: `1 and 2 threads`, `fused and single steps`, `tensorflow-cpu 2.16.1 and tensorflow-cpu 2.21.0`; empty where in nothing. */
export function computedWithText(runs: readonly ComputedWith[]): string {
  const known = runs.filter(({ engine }) => engine !== null);
  const parts = [
    several(known.map(({ engine, engineVersion }) => `${engine ?? ''} ${engineVersion ?? ''}`.trim())),
    several(known.flatMap(({ device }) => device ?? [])),
    several(
      known.flatMap(({ threads }) => threads ?? []).sort((a, b) => a - b),
      ' threads',
    ),
    several(known.map(({ fusedWith }) => (fusedWith === undefined ? 'single' : 'fused')).sort(), ' steps'),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function several(values: readonly (string | number)[], unit = ''): string {
  const distinct = [...new Set(values)];
  if (distinct.length < 2) return '';
  return `${andList(distinct.map(String))}${unit}`;
}
