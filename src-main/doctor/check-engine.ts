import { duration } from '../../src-shared/numbers.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Check } from '../../src-shared/contract/api/settings.ts';
import { analysisEngine } from '../engine/analysis-engine.ts';
import { engineKindNamed } from '../engine/engines/registry.ts';
import { firstSource, installing, reinstalling } from '../engine/installations/install-advice.ts';
import { type EngineInstallation, selectedEngine } from '../engine/installations/installation.ts';
import { allWell } from './all-well.ts';

/** Whether the chosen engine computes, tried in a process of its own, and what else it has to tell. */
export async function checkEngine(home: string): Promise<readonly Check[]> {
  let installation: EngineInstallation | null = null;
  try {
    installation = selectedEngine(home);
    const kind = engineKindNamed(installation.engine);
    const began = performance.now();
    const { version, checks } = await kind.check(installation, {});
    const took = duration((performance.now() - began) / 1000);
    const message = `${installation.name}, ${kind.title} ${version}: computed a test convolution on its device in ${took}`;
    return [allWell('Engine', message), ...checks, ...(kind.analyses ? [] : [checkAnalyses(home)])];
  } catch (error) {
    const { command, offer } = installation === null ? installing(firstSource()) : reinstalling(installation);
    return [{ name: 'Engine', state: 'missing', message: factOf(error), remedy: command, offer }];
  }
}

/** What computes analyses where the chosen engine does not. */
function checkAnalyses(home: string): Check {
  try {
    return allWell('Analyses', `computed by ${analysisEngine(home).name}`);
  } catch (error) {
    const { command, offer } = installing('cpu');
    return { name: 'Analyses', state: 'warning', message: factOf(error), remedy: command, offer };
  }
}

/** What to type stands beside it. */
function factOf(error: unknown): string {
  if (error instanceof Problem) return error.fact;
  return error instanceof Error ? error.message : String(error);
}
