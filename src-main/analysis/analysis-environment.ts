import { availableParallelism } from 'node:os';
import { computingEnvironment } from '../engine/open-engine.ts';
import { selectedEngine } from '../engine/installations/installation.ts';

/**
 * The environment of a process that computes for an analysis, on the engine that is selected now, with all cores.
 * @param home folder of the engines
 * @throws Problem `engine-missing` or `engine-invalid`
 */
export function analysisEnvironment(home: string): Record<string, string> {
  return {
    KINDLING_HOME: home,
    ...computingEnvironment(selectedEngine(home))(availableParallelism()),
  };
}
