import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fromBlock, toBlock } from '../../../src-shared/contract/block.ts';
import type { DatasetSurvey } from '../../../src-shared/datasets/dataset-survey.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { surveySchema } from './survey-elsewhere.ts';

/** In the folder of a data set; a new number where other things are looked for. */
const FILE = 'survey-1.block';

/** What was found in a data set of this hash; null where that was not looked for, or cannot be read. */
export function readSurvey(folder: string, hash: string): DatasetSurvey | null {
  try {
    const block = new Uint8Array(readFileSync(path.join(folder, FILE)));
    const survey = surveySchema.parse(fromBlock(block));
    return survey.hash === hash ? survey : null;
  } catch {
    // it is looked for again
    return null;
  }
}

/** @returns whether it could be kept: the folder may be one that is only read */
export function keepSurvey(folder: string, survey: DatasetSurvey): boolean {
  try {
    writeWhole(path.join(folder, FILE), toBlock(survey));
    return true;
  } catch {
    return false;
  }
}
