import { median } from 'd3-array';
import type { AnalysisSettings } from '../../src-shared/analysis/analysis-result.ts';
import type { AnalysisEstimate } from '../../src-shared/contract/api/analysis.ts';
import type { AnalysisTime, Store } from '../store/store.ts';
import { type AnalysisRequest, recallAnalyses } from './analyze-runs.ts';

/** Analyses by a method that are looked at: the machine may have been another one long ago. */
const NEWEST = 48;
/** Of these, the nearest by images and MACs. */
const NEAREST = 3;

/**
 * How long analyses would take by the times of earlier ones by the same methods on this machine: of those with the same settings,
 * or else of any, by the number of images and the MACs of an image. Methods that cannot be asked of a run are left out, as they
 * are when they are asked.
 * @throws Problem `not-found`, `usage` for a run that is not complete
 */
export function estimateAnalyses(
  request: Omit<AnalysisRequest, 'again'>,
  store: Store,
  dataRoot: string,
): AnalysisEstimate {
  const recalled = recallAnalyses(request, store, dataRoot, () => undefined);
  const missing = recalled.filter(({ known }) => known === null);
  const timesOf = new Map<string, readonly AnalysisTime[]>();
  const macsOf = new Map(
    request.runs.map((run) => [run, store.findNetwork(run) ? null : store.run(run).macs]),
  );
  const seconds = missing.map(({ run, step }) => {
    const { method, settings } = request.asked[step] ?? {};
    if (!method || !settings) return null;
    const times = timesOf.get(method.name) ?? store.analysisTimes(method.name, NEWEST);
    timesOf.set(method.name, times);
    return estimate(times, settings, macsOf.get(run) ?? null);
  });
  return {
    known: recalled.length - missing.length,
    missing: missing.length,
    seconds: seconds.reduce<number>((sum, each) => sum + (each ?? 0), 0),
    untimed: seconds.filter((each) => each === null).length,
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
    const [images, size] = [share(settings['images'], time.settings['images']), share(macs, time.macs)];
    // what is fixed, or rises otherwise, weighs the less the nearer these are
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
