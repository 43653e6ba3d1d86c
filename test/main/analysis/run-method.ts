import assert from 'node:assert/strict';
import { runMethod } from '../../../src-main/analysis/methods/registry.ts';
import type { AnalysisMethod } from '../../../src-main/analysis/method.ts';
import type { Subject } from '../../../src-main/analysis/subject.ts';
import type { AnalysisResult, AnalysisSettings } from '../../../src-shared/analysis/analysis-result.ts';
import { scopeOf, scopesOf } from '../../../src-shared/analysis/result-scope.ts';
import { CONTROL } from './small-subject.ts';

/** Results of a method, each of which must be a measure that the method describes, and of what it says it is. */
export async function resultsOf(
  method: AnalysisMethod,
  subject: Subject,
  settings: AnalysisSettings = {},
): Promise<readonly AnalysisResult[]> {
  const { results } = await runMethod(method, subject, settings, CONTROL);
  const measures = new Map(method.measures.map((measure) => [measure.name, measure]));
  for (const result of results) {
    assert.equal(result.method, method.name);
    const measure = measures.get(result.measure);
    assert.ok(measure, `${result.measure} is not described`);
    const scope = scopeOf(subject.run, result);
    assert.ok(scopesOf(measure).includes(scope), `${result.measure} is of a ${scope}`);
  }
  return results;
}

/** The one value of a measure. */
export function valueOf(
  results: readonly AnalysisResult[],
  layer: string | null,
  measure: string,
  channel: number | null = null,
): number | null | undefined {
  const found = results.filter(
    (each) => each.layer === layer && each.measure === measure && each.channel === channel,
  );
  assert.equal(found.length, 1, `${measure} of ${layer}`);
  return found[0]?.value;
}

export function near(found: number | null | undefined, expected: number, tolerance: number): void {
  assert.ok(found !== null && found !== undefined);
  assert.ok(Math.abs(found - expected) <= tolerance, `${found} is not ${expected}`);
}
