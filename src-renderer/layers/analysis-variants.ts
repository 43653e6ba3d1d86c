import type { Analysis, AnalysisSettings } from '../../src-shared/analysis/analysis-result.ts';
import { givenSettings, settingsKey } from '../../src-shared/analysis/comparable-analyses.ts';

/** An analysis among others by the same method, by its settings. */
export interface AnalysisVariant {
  readonly key: string;
  /** The settings in which it differs from the others: `clusters 32, images 1000`. */
  readonly title: string;
  readonly analysis: Analysis;
}

/** What a method found with different settings, the newest first. Of the same settings the newest counts. */
export function analysisVariants(analyses: readonly Analysis[], method: string): AnalysisVariant[] {
  const newestFirst = analyses
    .filter((analysis) => analysis.method === method)
    .toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
  const byKey = new Map(newestFirst.toReversed().map((each) => [settingsKey(each.settings), each]));
  const variants = newestFirst.filter((each) => byKey.get(settingsKey(each.settings)) === each);
  const differing = differingNames(variants.map(({ settings }) => givenSettings(settings)));
  return variants.map((analysis) => ({
    key: settingsKey(analysis.settings),
    title: differing.map((name) => `${name} ${String(analysis.settings[name] ?? '–')}`).join(', '),
    analysis,
  }));
}

/** The settings by which a figure finds an analysis among all that are known by its method. */
export function tellingSettings(analysis: Analysis, all: readonly Analysis[]): AnalysisSettings {
  const differing = differingNames(
    all.filter(({ method }) => method === analysis.method).map(({ settings }) => settings),
  );
  return Object.fromEntries(Object.entries(analysis.settings).filter(([name]) => differing.includes(name)));
}

function differingNames(all: readonly AnalysisSettings[]): string[] {
  const names = new Set(all.flatMap((settings) => Object.keys(settings)));
  return [...names].filter((name) => new Set(all.map((settings) => settings[name])).size > 1).toSorted();
}
