import type { Check } from '../../src-shared/contract/api/settings.ts';
import { listDatasets } from '../datasets/list-datasets.ts';
import { dataFolder } from '../home.ts';
import { allWell } from './all-well.ts';

const ADDING = { action: 'add-dataset', subject: '' } as const;

export function checkData(home: string): Check {
  const folder = dataFolder(home);
  const there = listDatasets(folder).filter(({ bytesOnDisk }) => bytesOnDisk > 0);
  const damaged = there.find(({ state }) => state === 'damaged');
  if (damaged !== undefined) {
    const remedy = `kindling dataset add ${damaged.name}`;
    return { name: 'Data', state: 'warning', message: damaged.note, remedy, offer: ADDING };
  }
  if (there.length > 0) return allWell('Data', `${there.map(({ name }) => name).join(', ')} in ${folder}`);
  const message = `no data sets in ${folder} yet (shapes is built in)`;
  return { name: 'Data', state: 'warning', message, remedy: 'kindling dataset list', offer: ADDING };
}
