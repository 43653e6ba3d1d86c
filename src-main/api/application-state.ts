import { availableParallelism } from 'node:os';
import type { applicationRequests } from '../../src-shared/contract/api/application.ts';
import { nullIfProblem } from '../../src-shared/mistakes/null-if-problem.ts';
import { selectedEngine } from '../engine/installations/installation.ts';
import { kindlingVersion } from '../kindling-version.ts';
import { mainMemory } from '../machine/memory.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** The request about the program itself. */
export function applicationHandlers({
  home,
  storeFile,
  readOnly,
  sequence,
}: Pick<Host, 'home' | 'storeFile' | 'readOnly' | 'sequence'>): HandlersOf<typeof applicationRequests> {
  return {
    'application.state': () => ({
      version: kindlingVersion(),
      home,
      storeFile,
      readOnly,
      platform: `${process.platform} ${process.arch}`,
      cores: availableParallelism(),
      memory: mainMemory(),
      engine: engineName(home),
      sequence: sequence(),
    }),
  };
}

function engineName(home: string): string | null {
  return nullIfProblem(() => selectedEngine(home).name);
}
