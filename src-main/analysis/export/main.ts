import { openEngine } from '../../engine/open-engine.ts';
import { selectedEngine } from '../../engine/installations/installation.ts';
import { kindlingHome } from '../../home.ts';
import { answerWork } from '../../work/answer-work.ts';
import { FEATURE_EXPORT } from './feature-export.ts';
import { writeFeatures } from './write-features.ts';

/** Writes the features of one run or network. */
answerWork(FEATURE_EXPORT, async (pause) => {
  const engine = await openEngine(selectedEngine(kindlingHome()));
  return {
    about: null,
    work: (task, { onProgress }) => writeFeatures(task, engine, { progress: onProgress, pause }),
  };
});
