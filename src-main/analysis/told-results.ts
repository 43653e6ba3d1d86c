import type { LayerResult } from './layer-result.ts';
import type { MethodControl } from './method.ts';

/** The results of a method that goes layer by layer, each told as soon as it is there. */
export interface ToldResults {
  readonly results: readonly LayerResult[];
  readonly push: (...found: readonly LayerResult[]) => void;
}

export function toldResults({ found: tell }: Pick<MethodControl, 'found'>): ToldResults {
  const results: LayerResult[] = [];
  return {
    results,
    push: (...found) => {
      results.push(...found);
      tell(found);
    },
  };
}
