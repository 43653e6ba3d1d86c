import fs from 'node:fs';
import path from 'node:path';
import type { DatasetListing } from '../../src-shared/contract/api/datasets.ts';
import { Problem } from '../../src-shared/contract/problem.ts';
import { OFFICIAL_DATASETS } from './catalogue.ts';
import { openDataset } from './open-dataset.ts';
import { SHAPE_CLASSES, SHAPE_SIDE } from './shapes/scene.ts';
import { SHAPES_HASH, SHAPES_NAME, SHAPES_TEST_COUNT, SHAPES_TRAINING_COUNT } from './shapes/generate.ts';

/** All data sets: the built-in one, then what has been added by name, then what could be added. */
export function listDatasets(dataRoot: string): DatasetListing[] {
  const folders = fs.existsSync(dataRoot)
    ? fs.readdirSync(dataRoot).filter((entry) => fs.existsSync(path.join(dataRoot, entry, 'dataset.json')))
    : [];
  const added = folders.filter((entry) => !entry.startsWith('.') && entry !== SHAPES_NAME).sort();
  return [
    builtIn(path.join(dataRoot, SHAPES_NAME)),
    ...added.map((name) => prepared(path.join(dataRoot, name))),
    ...OFFICIAL_DATASETS.filter(({ name }) => !added.includes(name)).map(
      ({ name, title, classes }): DatasetListing => ({ ...nothing(name), classes, note: title }),
    ),
  ];
}

function nothing(name: string): DatasetListing {
  const unknown = { shape: null, trainingCount: null, testCount: null, hash: null };
  return { name, state: 'not added', classes: [], ...unknown, bytesOnDisk: 0, note: '' };
}

function builtIn(folder: string): DatasetListing {
  return {
    name: SHAPES_NAME,
    state: 'built-in',
    classes: SHAPE_CLASSES,
    shape: [SHAPE_SIDE, SHAPE_SIDE, 3],
    trainingCount: SHAPES_TRAINING_COUNT,
    testCount: SHAPES_TEST_COUNT,
    bytesOnDisk: folderBytes(folder),
    hash: SHAPES_HASH,
    note: 'made by Kindling on first use',
  };
}

function prepared(folder: string): DatasetListing {
  const bytesOnDisk = folderBytes(folder);
  try {
    const { source, ...description } = openDataset(folder).description;
    return { ...description, name: path.basename(folder), state: 'prepared', bytesOnDisk, note: source };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ...nothing(path.basename(folder)), state: 'damaged', bytesOnDisk, note: error.message };
  }
}

function folderBytes(folder: string): number {
  if (!fs.existsSync(folder)) return 0;
  return fs
    .readdirSync(folder)
    .reduce((total, file) => total + (fs.statSync(path.join(folder, file)).size || 0), 0);
}
