import fs from 'node:fs';
import path from 'node:path';
import type { DatasetListing } from '../../src-shared/contract/api/datasets.ts';
import { decimalSize } from '../../src-shared/numbers.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { OFFICIAL_DATASETS } from './catalogue.ts';
import type { DatasetDescription } from './dataset.ts';
import { SHAPES_DESCRIPTION } from './describe-dataset.ts';
import { openDataset } from './open-dataset.ts';
import { SHAPES_NAME } from './shapes/generate.ts';

/** All data sets: the built-in one, then what has been added by name, then what could be added. */
export function listDatasets(dataRoot: string): DatasetListing[] {
  const folders = fs.existsSync(dataRoot)
    ? fs.readdirSync(dataRoot).filter((entry) => fs.existsSync(path.join(dataRoot, entry, 'dataset.json')))
    : [];
  const added = folders.filter((entry) => !entry.startsWith('.') && entry !== SHAPES_NAME).sort();
  return [
    listing(SHAPES_DESCRIPTION, 'built-in', path.join(dataRoot, SHAPES_NAME)),
    ...added.map((name) => prepared(path.join(dataRoot, name))),
    ...OFFICIAL_DATASETS.filter(({ name }) => !added.includes(name)).map(
      ({ name, title, classes, files }): DatasetListing => {
        const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
        return { ...nothing(name), classes, note: `${title}; ${decimalSize(bytes)} to download` };
      },
    ),
  ];
}

function nothing(name: string): DatasetListing {
  const unknown = { shape: null, trainingCount: null, testCount: null, classCounts: null, hash: null };
  const added = { options: {}, remarks: [] };
  return { name, state: 'not added', classes: [], ...unknown, ...added, bytesOnDisk: 0, note: '' };
}

function listing(
  { source, ...description }: DatasetDescription,
  state: DatasetListing['state'],
  folder: string,
): DatasetListing {
  const name = path.basename(folder);
  return { ...description, name, state, bytesOnDisk: folderBytes(folder), note: source };
}

function prepared(folder: string): DatasetListing {
  try {
    return listing(openDataset(folder).description, 'prepared', folder);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const bytesOnDisk = folderBytes(folder);
    return { ...nothing(path.basename(folder)), state: 'damaged', bytesOnDisk, note: error.fact };
  }
}

function folderBytes(folder: string): number {
  if (!fs.existsSync(folder)) return 0;
  return fs
    .readdirSync(folder)
    .reduce((total, file) => total + (fs.statSync(path.join(folder, file)).size || 0), 0);
}
