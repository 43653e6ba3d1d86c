import { z } from 'zod';

/**
 * How an interrupted run goes on from its resume checkpoints. `exact`: only where the engine, its version, device and threads are those of
 * the checkpoint; `any`: in any case; `never`: from the beginning.
 */
export const howToGoOnSchema = z.enum(['exact', 'any', 'never']);
