import type { Check } from '../../src-shared/contract/api/settings.ts';
import { engineKindNamed } from '../engine/engines/registry.ts';
import { selectedEngine } from '../engine/installations/installation.ts';
import { allWell } from './all-well.ts';

/** What else there is to tell of the chosen engine; nothing where there is none. */
export async function examineEngine(home: string): Promise<readonly Check[]> {
  try {
    const engine = selectedEngine(home);
    return await engineKindNamed(engine.engine).examine(engine);
  } catch {
    return [];
  }
}

/** Whether the chosen engine computes, tried in a process of its own. */
export async function checkEngine(home: string): Promise<Check> {
  try {
    const installation = selectedEngine(home);
    const kind = engineKindNamed(installation.engine);
    const began = performance.now();
    await kind.check(installation, {});
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const { name, version } = installation;
    return allWell(
      'Engine',
      `${name}, ${kind.title} ${version}: computed a test convolution on its device in ${seconds} s`,
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { name: 'Engine', state: 'missing', message, remedy: 'kindling engine install cpu' };
  }
}
