import { availableParallelism } from 'node:os';
import { computingEnvironment } from '../engine/open-engine.ts';
import { analysisEngine } from '../engine/analysis-engine.ts';

/**
 * The environment of a process that computes for an analysis, with all cores: it takes the engine that is named there for the selected one.
 * @param home folder of the engines
 * @throws Problem as `analysisEngine`
 */
export function analysisEnvironment(home: string): Record<string, string> {
  const engine = analysisEngine(home);
  return {
    ...{ KINDLING_HOME: home, KINDLING_ENGINE: engine.name },
    ...computingEnvironment(engine)(availableParallelism()),
  };
}
