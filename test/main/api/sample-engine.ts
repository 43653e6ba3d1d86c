import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installStaged } from '../../../src-main/engine/installations/staging.ts';

/** Installs and chooses an engine that can be listed and chosen, but not loaded. */
export async function installSample(home: string, name: string): Promise<void> {
  await installStaged(home, name, 0, (folder) => {
    writeFileSync(join(folder, 'binding.node'), 'no library');
    return Promise.resolve({
      ...{
        engine: 'tensorflow',
        kind: 'cpu' as const,
        version: '2.20.0',
        source: 'a.whl',
        binding: 'binding.node',
      },
      ...{ libraryPath: [], devices: ['CPU:0'] },
    });
  });
}
