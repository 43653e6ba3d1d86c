import type { Check } from '../../src-shared/contract/api/settings.ts';
import { isOpenToOthers } from '../files/open-to-others.ts';
import { allWell } from './all-well.ts';

/** Whether other users of this machine can read the home or the store. A home that Kindling makes is private. */
export function checkPrivacy(home: string, storeFile: string): Check {
  const [open, mode] = isOpenToOthers(home) ? [home, '700'] : [storeFile, '600'];
  if (!isOpenToOthers(open))
    return allWell('Privacy', 'other users of this machine cannot read the home or the store');
  const message = `every user of this machine can read ${open}`;
  return { name: 'Privacy', state: 'warning', message, remedy: `chmod ${mode} ${open}` };
}
