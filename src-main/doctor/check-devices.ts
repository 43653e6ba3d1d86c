import { decimalSize } from '../../src-shared/numbers.ts';
import type { Check } from '../../src-shared/contract/api/settings.ts';
import { freeBytes, whyReadOnly } from '../files/disk-full.ts';
import { allWell } from './all-well.ts';
import { findDevices } from './find-devices.ts';

/** Below this a study's artifacts and an engine's installation soon fail. */
const LITTLE_SPACE = 5e9;

export async function checkDevices(home: string): Promise<Check> {
  const { cpu, cores, memoryBytes, gpus, note } = await findDevices(home);
  const cards = gpus
    .map(({ name, memoryBytes }) => (memoryBytes === null ? name : `${name}, ${decimalSize(memoryBytes)}`))
    .join('; ');
  return allWell(
    'Devices',
    `${cores} x ${cpu}, ${decimalSize(memoryBytes)} of memory; ${cards || 'no NVIDIA GPU'}${note === null ? '' : `. ${note}`}`,
  );
}

export function checkDisk(home: string): Check {
  const free = freeBytes(home);
  const message = `${decimalSize(free)} free in ${home}`;
  const readOnly = whyReadOnly(home);
  if (readOnly !== null) {
    const remedy = 'set KINDLING_HOME to a folder that you may write';
    const what = `nothing can be written into ${home}: what is there can be shown, but nothing can be trained (${readOnly})`;
    return { name: 'Disk', state: 'warning', message: what, remedy };
  }
  if (free > LITTLE_SPACE) return allWell('Disk', message);
  const remedy = 'free some space, or set KINDLING_HOME to a folder on a larger disk';
  return { name: 'Disk', state: 'warning', message, remedy };
}
