import type { TrainingOutcome } from '../../src-shared/studies/trainer-protocol.ts';
import { openToTrain } from '../engine/open-engine.ts';
import { selectedEngine } from '../engine/installations/installation.ts';
import { kindlingHome } from '../home.ts';
import { answerWork } from '../work/answer-work.ts';
import { failureOf } from './failures.ts';
import { FusedGroups } from './fused-group.ts';
import { trainRun } from './train-run.ts';
import { TRAINING } from './training-work.ts';
import { TrainingCache } from './training-cache.ts';

/** The trainer: a plain Node process that trains one run at a time, or those that are fused, and stays warm between runs. */
answerWork(TRAINING, async () => {
  const cache = new TrainingCache(await openToTrain(selectedEngine(kindlingHome())));
  const groups = new FusedGroups();
  return {
    about: cache.engine.description,
    work: async (specification, { onProgress, pause, signal }): Promise<TrainingOutcome> => {
      const member = groups.join(specification);
      try {
        const result = await trainRun(specification, { cache, member, tell: onProgress, pause });
        return { state: 'complete', result };
      } catch (error) {
        signal.throwIfAborted();
        return { state: 'failed', failure: failureOf(error) };
      } finally {
        member?.leave();
      }
    },
  };
});
