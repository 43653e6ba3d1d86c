import { type ClassFilter, classNameOf, type ImageOutcomes } from '../../../src-shared/analysis/outcomes.ts';
import { classNamed } from '../../analysis/class-named.ts';

export interface ClassOptions {
  readonly true?: string;
  readonly predicted?: string;
}

/** @throws Problem `not-found` for a class that there is not, with those that there are */
export function classFilter(found: ImageOutcomes, options: ClassOptions): ClassFilter {
  const { true: truth, predicted } = options;
  return { truth: numberOf(found, truth), predicted: numberOf(found, predicted) };
}

function numberOf({ classes, outcomes }: ImageOutcomes, named: string | undefined): number | null {
  if (named === undefined) return null;
  const count = Math.max(
    classes.length,
    ...outcomes.map(({ truth, predicted }) => 1 + Math.max(truth, predicted)),
  );
  const names = Array.from({ length: count }, (_, index) => classNameOf(classes, index));
  return classNamed({ classes: names, classNumbers: [...names.keys()] }, named);
}
