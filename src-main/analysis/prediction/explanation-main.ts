import { LRUCache } from 'lru-cache';
import { readNetworkCheckpoint, type NetworkCheckpoint } from '../../checkpoints/network-checkpoint.ts';
import { openEngine } from '../../engine/open-engine.ts';
import { selectedEngine } from '../../engine/installations/installation.ts';
import { kindlingHome } from '../../home.ts';
import { answerWork } from '../../work/answer-work.ts';
import { EXPLANATION } from './explanation-work.ts';
import { explainPicture } from './explain-picture.ts';

/** Networks that are kept, those asked for last: as many as are looked at side by side. */
const KEPT = 4;

answerWork(EXPLANATION, async (pause) => {
  const engine = await openEngine(selectedEngine(kindlingHome()));
  const networks = new LRUCache<string, NetworkCheckpoint>({ max: KEPT });
  return {
    about: null,
    work: (task) => {
      const network = networks.get(task.checkpoint) ?? readNetworkCheckpoint(task.checkpoint);
      networks.set(task.checkpoint, network);
      return explainPicture(task, { network, engine, pause });
    },
  };
});
