import { fixed } from '../../src-shared/numbers.ts';
import type { Check } from '../../src-shared/contract/api/settings.ts';
import { engineKindNamed } from '../engine/engines/registry.ts';
import { installCommand, reinstallCommand } from '../engine/installations/install-advice.ts';
import { type EngineInstallation, selectedEngine } from '../engine/installations/installation.ts';
import { allWell } from './all-well.ts';

/** Whether the chosen engine computes, tried in a process of its own, and what else it has to tell. */
export async function checkEngine(home: string): Promise<readonly Check[]> {
  let installation: EngineInstallation | null = null;
  try {
    installation = selectedEngine(home);
    const kind = engineKindNamed(installation.engine);
    const began = performance.now();
    const { checks } = await kind.check(installation, {});
    const seconds = fixed((performance.now() - began) / 1000, 1);
    const { name, version } = installation;
    const message = `${name}, ${kind.title} ${version}: computed a test convolution on its device in ${seconds} s`;
    return [allWell('Engine', message), ...checks];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const remedy = installation === null ? installCommand() : reinstallCommand(installation);
    return [{ name: 'Engine', state: 'missing', message, remedy }];
  }
}
