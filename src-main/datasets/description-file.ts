import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { classCountsSchema } from '../../src-shared/datasets/class-counts.ts';
import { datasetRemarkSchema } from '../../src-shared/datasets/dataset-remark.ts';
import { importOptionsSchema } from '../../src-shared/datasets/import-options.ts';
import { damagedDataset } from './damaged-dataset.ts';
import type { DatasetDescription } from './dataset.ts';

/** Version of the layout of a prepared folder, in `dataset.json`. */
export const PREPARED_FORMAT = 1;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

export const datasetDescriptionSchema = z.object({
  name: z.string(),
  classes: z.array(z.string()).min(2),
  shape: z.tuple([z.int().positive(), z.int().positive(), z.union([z.literal(1), z.literal(3)])]),
  // of pictures that are only looked at
  trainingCount: z.int().nonnegative(),
  testCount: z.int().positive(),
  hash: sha256Schema,
  source: z.string(),
  // data sets of before have none of these
  pictures: sha256Schema.nullable().default(null),
  classCounts: classCountsSchema.nullable().default(null),
  options: importOptionsSchema.default({}),
  remarks: z.array(datasetRemarkSchema).default([]),
});

const fileSchema = datasetDescriptionSchema.extend({ format: z.literal(PREPARED_FORMAT) });

/**
 * Reads and checks `dataset.json` alone.
 * @throws Problem `data-missing` if there is none, `data-invalid` if it is not one
 */
export function readDescription(folder: string): DatasetDescription {
  const file = path.join(folder, 'dataset.json');
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
    throw new Problem('data-missing', `there is no prepared data set in ${folder} (no dataset.json)`, {
      cause: error,
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw damagedDataset(folder, `dataset.json is not JSON (${error instanceof Error ? error.message : ''})`);
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) {
    throw damagedDataset(folder, `dataset.json: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
  }
  // without the format
  return datasetDescriptionSchema.parse(parsed.data);
}
