import { crashLog, crashTimes } from '../files/crash-log.ts';
import { counted } from '../../src-shared/counted.ts';
import type { Check } from '../../src-shared/contract/api/settings.ts';
import { allWell } from './all-well.ts';

/** Whether the window has crashed: what was noted of it stays on this machine. */
export function checkCrashes(home: string): Check {
  const times = crashTimes(home);
  if (times.length === 0) return allWell('Crashes', 'none noted by the window');
  const remedy = `read ${crashLog(home)}, and delete it when it is of no more use`;
  const message = `${counted(times.length, 'crash', 'crashes')} of the window, the last one at ${times.at(-1) ?? ''}`;
  return { name: 'Crashes', state: 'warning', message, remedy };
}
