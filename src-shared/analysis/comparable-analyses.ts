import { canonicalJson } from '../canonical-hash.ts';
import type { Analysis, AnalysisSettings } from './analysis-result.ts';
import { IMAGES_SEEN } from './seen-images.ts';

/** Settings that name the runs which a run is compared with: they are chosen for it, and differ within a study. */
export const RUNS_COMPARED = ['cells', 'sameSeed', 'seeds'];

/** What one method found of several runs with the same settings. */
export interface ComparableAnalyses {
  /** By run. */
  readonly byRun: ReadonlyMap<string, Analysis>;
  /** Runs of which the method found something with other settings only, so that they are left out. */
  readonly otherwise: readonly string[];
}

/**
 * Of one method's analyses those whose numbers can be compared: with the settings that most runs share, of equally many
 * the latest; of each run the newest. Runs that are compared with each other may name different ones.
 */
export function comparableAnalyses(analyses: readonly Analysis[], method: string): ComparableAnalyses {
  const own = analyses.filter((analysis) => analysis.method === method);
  const groups = [...Map.groupBy(own, ({ settings }) => settingsKey(settings)).values()].map((members) => ({
    byRun: newestByRun(members),
    newest: members.reduce((latest, { createdAt }) => (createdAt > latest ? createdAt : latest), ''),
  }));
  const [chosen] = groups.toSorted(
    (one, other) => other.byRun.size - one.byRun.size || (other.newest > one.newest ? 1 : -1),
  );
  const byRun = chosen?.byRun ?? new Map<string, Analysis>();
  const otherwise = [...new Set(own.map(({ run }) => run))].filter((run) => !byRun.has(run));
  return { byRun, otherwise };
}

/** The settings that can be given, to ask another run alike: without the images, of which each has its own. */
export function givenSettings(settings: AnalysisSettings): AnalysisSettings {
  const chosen = [...RUNS_COMPARED, ...IMAGES_SEEN];
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !chosen.includes(name)));
}

/** Equal for settings with which the numbers of two runs can be compared. */
export function settingsKey(settings: AnalysisSettings): string {
  return canonicalJson(givenSettings(settings));
}

function newestByRun(analyses: readonly Analysis[]): Map<string, Analysis> {
  const newest = new Map<string, Analysis>();
  for (const analysis of analyses) {
    const known = newest.get(analysis.run);
    if (known === undefined || known.createdAt <= analysis.createdAt) newest.set(analysis.run, analysis);
  }
  return newest;
}
