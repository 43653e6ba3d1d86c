import type { MethodDescription } from '../../src-shared/analysis/analysis-result.ts';
import { METHOD_FAMILIES } from '../../src-shared/analysis/method-families.ts';

/** Which methods are asked, and what they are given. */
export interface AskedMethods {
  readonly names: readonly string[];
  /** As text: `images` for all that have it, `method.setting` for one; what is empty leaves the default. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Those that nobody waits for long for. */
export function quickMethods(methods: readonly MethodDescription[]): string[] {
  return methods.filter(({ family }) => 'isQuick' in METHOD_FAMILIES[family]).map(({ name }) => name);
}
