import { Problem } from '../../src-shared/mistakes/problem.ts';

/** The variable that says how many steps a call takes of those that find their images on the device: a number, or auto. */
export const STEPS_A_CALL = 'KINDLING_STEPS_A_CALL';

/** What a call costs the host is shared by so many steps: more would bring little. */
const MOST = 64;

/**
 * How many steps a call takes at most, of a program that finds its images on the device: on a GPU many, so that the card does not wait for
 * the host after each.
 * @param chosen the value of `STEPS_A_CALL`
 * @throws Problem `engine-invalid` where it is neither a number from 1 on nor auto
 */
export function mostSteps(chosen: string | undefined, isOnGpu: boolean): number {
  if (chosen === undefined) return isOnGpu ? MOST : 1;
  if (chosen === 'auto') return MOST;
  const steps = Number(chosen);
  if (Number.isInteger(steps) && steps >= 1) return steps;
  throw new Problem('engine-invalid', `${STEPS_A_CALL} is ${chosen}; give it a number of steps, or auto.`);
}
