import { checkEngine } from '../../doctor/check-engine.ts';
import { runRelay } from '../../executors/relay/run-relay.ts';
import { kindlingHome } from '../../home.ts';

/** Resolves when whoever has started it is gone. */
export async function relay(): Promise<void> {
  const home = kindlingHome();
  await runRelay({
    ...{ home, input: process.stdin, output: process.stdout },
    examineEngine: async () => checkEngine(home),
  });
  // what is still under way is asked for again by the next one
  process.exit();
}
