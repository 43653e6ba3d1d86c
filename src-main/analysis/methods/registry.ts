import { byPlace } from '../../../src-shared/by-place.ts';
import { METHOD_FAMILIES } from '../../../src-shared/analysis/method-families.ts';
import type { AnalysisResult, AnalysisSettings } from '../../../src-shared/analysis/analysis-result.ts';
import { named } from '../../../src-shared/mistakes/named.ts';
import type { AnalysisMethod, Computation, MethodControl, WrittenFile } from '../method.ts';
import type { LayerResult } from '../layer-result.ts';
import type { Subject } from '../subject.ts';
import * as all from './all.ts';

const FAMILIES = Object.keys(METHOD_FAMILIES);

/** All methods in the order in which they are shown and computed: by family, in it by `order`, then by title. */
export const METHODS: readonly AnalysisMethod[] = Object.values<AnalysisMethod>(all).toSorted(
  (one, other) =>
    FAMILIES.indexOf(one.family) - FAMILIES.indexOf(other.family) ||
    byPlace(one.order, other.order) ||
    one.title.localeCompare(other.title, 'en'),
);

/** @throws Problem `not-found` with the names that there are */
export function methodNamed(name: string): AnalysisMethod {
  return named(METHODS, name, { what: 'method', code: 'not-found' });
}

export interface MethodFindings {
  readonly results: readonly AnalysisResult[];
  readonly files: readonly WrittenFile[];
}

/** What runs a method; it is told whose the numbers are. */
export type MethodRunner = Omit<MethodControl, 'found'> & {
  readonly found: (results: readonly AnalysisResult[]) => void;
};

/** What a method finds, by the computation of its folder, which is loaded only now. @throws Problem of the computation */
export async function runMethod(
  { name, settings }: AnalysisMethod,
  subject: Subject,
  asked: AnalysisSettings,
  control: MethodRunner,
): Promise<MethodFindings> {
  const { compute } = (await import(`./${name}/compute.ts`)) as { readonly compute: Computation };
  const named = (results: readonly LayerResult[]): AnalysisResult[] =>
    results.map((result) => ({ method: name, ...result }));
  const { results, files } = await compute(subject, settings.parse(asked), {
    ...control,
    found: (some) => control.found(named(some)),
  });
  return { results: named(results), files };
}
