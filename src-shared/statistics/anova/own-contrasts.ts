import { holmAdjusted } from '../holm.ts';
import { type Contrast, contrastOf } from './contrast.ts';
import type { Level } from './design.ts';
import type { FactorialFit } from './fit-factorial.ts';

/** A linear combination of the marginal means of a factor, of weights that add up to zero. */
export interface WantedContrast {
  readonly factor: number;
  readonly weights: ReadonlyMap<Level, number>;
}

export interface OwnContrast extends Contrast {
  /** Adjusted by Holm's method for all that are wanted together. */
  readonly adjustedP: number;
}

/** Null for each that the runs do not tell. */
export function ownContrasts(given: FactorialFit, wanted: readonly WantedContrast[]): (OwnContrast | null)[] {
  const found = wanted.map(({ factor, weights }) =>
    contrastOf(
      given,
      [...weights].map(([level, weight]) => ({ at: new Map([[factor, level]]), weight })),
    ),
  );
  const adjusted = holmAdjusted(found.map((contrast) => contrast?.p ?? null));
  return found.map((contrast, place) =>
    contrast ? { ...contrast, adjustedP: adjusted[place] ?? contrast.p } : null,
  );
}
