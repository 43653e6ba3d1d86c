import { randomStream } from '../../../src-shared/random.ts';

/** The labels in an order that has nothing to do with the images, the same each time: what is found with them is chance. */
export function shuffledLabels(labels: Uint16Array): Uint16Array {
  return randomStream(0, 'shuffled labels').shuffle(Uint16Array.from(labels));
}
