import type { AnalysisSettings } from '../../src-shared/analysis/analysis-result.ts';
import { settleSettings, type GivenSettings } from '../../src-shared/analysis/settings.ts';
import { accepted } from '../../src-shared/mistakes/mistakes-problem.ts';
import { checkInput } from '../../src-shared/mistakes/check-input.ts';
import { describeMethod, type AnalysisMethod } from './method.ts';
import { methodNamed } from './methods/registry.ts';

/** A method and all its settings: those that were given, defaults for the others. */
export interface MethodRequest {
  readonly method: AnalysisMethod;
  readonly settings: AnalysisSettings;
}

/**
 * Methods with what they are asked, before anything else is done.
 *
 * @throws Problem `not-found` for a method that there is not, `usage` for settings that none of them has or can take
 */
export function methodRequests(names: readonly string[], given: GivenSettings = {}): MethodRequest[] {
  const methods = names.map(methodNamed);
  const settled = settleSettings(methods.map(describeMethod), given);
  return methods.map((method) => ({ method, settings: allSettings(method, settled.get(method.name) ?? {}) }));
}

/** What no description tells, as that a number must be odd, is refused here. */
function allSettings({ name, settings }: AnalysisMethod, given: AnalysisSettings): AnalysisSettings {
  return accepted(checkInput(settings, given), 'usage', [name]) as AnalysisSettings;
}
