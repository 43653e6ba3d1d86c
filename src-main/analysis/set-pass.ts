import type { ForwardProgram } from '../engine/engine.ts';
import { isWorthCompiling } from './compute-features.ts';
import { EAGER, ReplayedPass } from './replayed-pass.ts';
import type { EvaluationSet, Subject } from './subject.ts';

/**
 * A pass over a set, recorded where it has so many images that this saves time.
 * @param isCompared as of `ReplayedPass`
 */
export function setPass(
  { engine }: Pick<Subject, 'engine'>,
  set: EvaluationSet,
  program: ForwardProgram,
  isCompared?: (output: number) => boolean,
): ReplayedPass {
  return new ReplayedPass(isWorthCompiling(set, program.batch) ? engine : EAGER, program, isCompared);
}
