import { z } from 'zod';

/**
 * How an interrupted run goes on from its resume checkpoints. `exact`: only where the engine, its version, device and threads are those of
 * the checkpoint; `any`: in any case; `never`: from the beginning.
 */
export const howToGoOnSchema = z.enum(['exact', 'any', 'never']);
export type HowToGoOn = z.infer<typeof howToGoOnSchema>;

/** For people. */
export const HOW_TO_GO_ON: Readonly<Record<HowToGoOn, string>> = {
  exact: 'where the engine, its version, device and threads are the same, and from the beginning otherwise',
  any: 'on another engine, too',
  never: 'from the beginning',
};
