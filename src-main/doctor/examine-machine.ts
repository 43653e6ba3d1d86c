import type { Check } from '../../src-shared/contract/api/settings.ts';
import { checkCrashes } from './check-crashes.ts';
import { checkData } from './check-data.ts';
import { checkDevices, checkDisk } from './check-devices.ts';
import { checkEngine } from './check-engine.ts';
import { checkPrivacy } from './check-privacy.ts';
import { checkStore } from './check-store.ts';
import { checkInstallers, checkNode, checkNpm } from './check-tools.ts';

/** Looks at everything that Kindling needs, in the order in which it is told. Never rejects. */
export async function examineMachine(home: string, storeFile: string): Promise<Check[]> {
  const [npm, installers, engine, devices] = await Promise.all([
    checkNpm(),
    checkInstallers(home),
    checkEngine(home),
    checkDevices(home),
  ]);
  return [
    checkNode(),
    npm,
    ...installers,
    ...engine,
    devices,
    checkDisk(home),
    checkData(home),
    checkStore(storeFile),
    checkPrivacy(home, storeFile),
    checkCrashes(home),
  ];
}
