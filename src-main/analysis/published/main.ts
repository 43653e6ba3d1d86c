/**
 * Run as a child process by classify-pictures.ts: decodes the published network, runs it on pictures and prints one line
 * of JSON.
 *
 * usage: main.ts NETWORK PICTURE…
 */
import { readFileSync } from 'node:fs';
import { Problem } from '../../../src-shared/contract/problem.ts';
import { readPublishedNetwork } from '../../compression/published/published-network.ts';
import { openEngine } from '../../engine/open-engine.ts';
import { selectedEngine } from '../../engine/provisioning/installation.ts';
import { kindlingHome } from '../../home.ts';
import { likelyClasses, publishedLogits } from './classify.ts';
import type { ClassificationAnswer } from './classify-pictures.ts';
import { readPicture } from './read-picture.ts';

const TOP = 5;

async function answer(file: string, pictures: readonly string[]): Promise<ClassificationAnswer> {
  try {
    const network = readPublishedNetwork(readFileSync(file), file);
    const pixels = await Promise.all(pictures.map(readPicture));
    const { operations } = openEngine(selectedEngine(kindlingHome()));
    return {
      pictures: pixels.map((each, index) => ({
        picture: pictures[index] ?? '',
        classes: likelyClasses(publishedLogits(network, operations, each), TOP),
      })),
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { problem: { code: error.code, message: error.message } };
  }
}

const [file, ...pictures] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: main.ts NETWORK PICTURE…');
console.log(JSON.stringify(await answer(file, pictures)));
