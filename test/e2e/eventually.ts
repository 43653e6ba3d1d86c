import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds that a test waits for what it expects: enough for a slow machine with other work. */
export const PATIENCE = 60_000;
const PERIOD = 50;

/**
 * Tries until `check` throws no more, for what Playwright cannot wait for by itself.
 * @throws what `check` threw last, after PATIENCE
 */
export async function eventually<Result>(check: () => Promise<Result>): Promise<Result> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await wait(PERIOD);
    }
  }
}
