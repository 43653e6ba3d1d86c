import * as tf from '@tensorflow/tfjs';
import type { EngineInstallation } from '../../installations/installation.ts';
import { installStaged } from '../../installations/staging.ts';
import { checkJavaScript } from './check.ts';

/** It is part of the program, so that there is nothing to install but its `engine.json`. @throws Problem `disk-full` */
export function installJavaScript(home: string): Promise<EngineInstallation> {
  return installStaged(home, 'javascript', 0, async () => {
    const { version, devices } = await checkJavaScript();
    return {
      engine: 'javascript',
      kind: 'cpu',
      version,
      source: `@tensorflow/tfjs ${tf.version.tfjs}`,
      binding: null,
      libraryPath: [],
      devices: [...devices],
    };
  });
}
