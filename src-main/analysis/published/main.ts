import { readFileSync } from 'node:fs';
import { readPublishedNetwork } from '../../compression/published/published-network.ts';
import { openEngine } from '../../engine/open-engine.ts';
import { selectedEngine } from '../../engine/installations/installation.ts';
import { kindlingHome } from '../../home.ts';
import { answerWork, type Pause } from '../../work/answer-work.ts';
import { likelyClasses, publishedLogits } from './classify.ts';
import { CLASSIFICATION, type ClassificationTask, type ClassifiedPicture } from './classify-pictures.ts';
import { readPicture } from './read-picture.ts';

const TOP = 5;

answerWork(CLASSIFICATION, (pause) => ({ about: null, work: (task) => classify(task, pause) }));

async function classify({ file, pictures }: ClassificationTask, pause: Pause): Promise<ClassifiedPicture[]> {
  const network = readPublishedNetwork(readFileSync(file), file);
  // all of them before the engine is loaded: what cannot be read is told at once
  const pixels = await Promise.all(pictures.map(readPicture));
  const { operations } = await openEngine(selectedEngine(kindlingHome()));
  const classified: ClassifiedPicture[] = [];
  for (const [index, each] of pixels.entries()) {
    await pause();
    const classes = likelyClasses(publishedLogits(network, operations, each), TOP);
    classified.push({ picture: pictures[index] ?? '', classes });
  }
  return classified;
}
