import { median } from 'd3-array';
import type { AnalysisSettings } from '../../src-shared/analysis/analysis-result.ts';
import type { AnalysisTime, Store } from '../store/store.ts';
import type { MethodRequest } from './method-requests.ts';

/** Analyses by a method that are looked at: the machine may have been another one long ago. */
const NEWEST = 48;
/** Of these, the nearest by images and MACs. */
const NEAREST = 3;

/** Seconds that a method would take on a run or network; null where it was never timed on this machine. */
export type TimeEstimate = (run: string, asked: Pick<MethodRequest, 'method' | 'settings'>) => number | null;

/**
 * By the times of earlier analyses by the same method on this machine: of those with the same settings, or else of any, by the number of
 * images and the square root of the MACs of an image. Much of the time does not rise with MACs (clusters, probes, small kernels): of 160
 * analyses of 11 networks of 0.9 to 11 million MACs, each estimated by those of the others on a busy machine, the median error was a
 * factor of 1.45 with the root, of 1.61 with their number and of 1.44 without; the root is kept for networks that are further apart.
 * What the store is asked is remembered.
 */
export function timeEstimate(store: Store): TimeEstimate {
  const timesOf = new Map<string, readonly AnalysisTime[]>();
  const macsOf = new Map<string, number | null>();
  return (run, { method, settings }) => {
    const times = timesOf.get(method.name) ?? store.analysisTimes(method.name, NEWEST);
    timesOf.set(method.name, times);
    const macs = macsOf.get(run) ?? (store.findNetwork(run) ? null : store.run(run).macs);
    macsOf.set(run, macs);
    return estimate(times, settings, macs);
  };
}

function estimate(
  times: readonly AnalysisTime[],
  settings: AnalysisSettings,
  macs: number | null,
): number | null {
  const isSame = ({ settings: own }: AnalysisTime): boolean =>
    Object.entries(settings).every(([name, value]) => own[name] === value);
  const same = times.filter(isSame);
  const scaled = (same.length > 0 ? same : times).map((time) => {
    const images = share(settings['images'], time.settings['images']);
    const size = Math.sqrt(share(macs, time.macs));
    return {
      distance: Math.abs(Math.log(images)) + Math.abs(Math.log(size)),
      seconds: time.seconds * images * size,
    };
  });
  const nearest = scaled.toSorted((one, other) => one.distance - other.distance).slice(0, NEAREST);
  return median(nearest, (time) => time.seconds) ?? null;
}

/** How many times the one is the other; 1 where either is not known. */
function share(one: unknown, other: unknown): number {
  return typeof one === 'number' && typeof other === 'number' && one > 0 && other > 0 ? one / other : 1;
}
