import { type ClassFilter, classNameOf, type ImageOutcomes } from '../../../src-shared/analysis/outcomes.ts';
import { classNamed } from '../../analysis/class-named.ts';

export interface ClassOptions {
  readonly true?: string;
  readonly predicted?: string;
}

/** @throws Problem `not-found` for a class that there is not, with those that there are */
export function classFilter(found: Named, options: ClassOptions): ClassFilter {
  const { true: truth, predicted } = options;
  return { truth: numberOf(found, truth), predicted: numberOf(found, predicted) };
}

type Named = Pick<ImageOutcomes, 'classes' | 'outcomes'>;

function numberOf({ classes, outcomes }: Named, named: string | undefined): number | null {
  if (named === undefined) return null;
  const count = outcomes.reduce(
    (most, { truth, predicted }) => Math.max(most, truth + 1, predicted + 1),
    classes.length,
  );
  const names = Array.from({ length: count }, (_, index) => classNameOf(classes, index));
  return classNamed({ classes: names, classNumbers: [...names.keys()] }, named);
}
