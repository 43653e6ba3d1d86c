import { relative } from 'node:path';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { mendedByInstalling, reinstalling } from '../../../installations/install-advice.ts';
import type { EngineInstallation } from '../../../installations/installation.ts';
import { findLibrary, type TensorFlowLibrary } from './find-library.ts';
import { currentPlatform } from './platform.ts';

/** What of an installation that which is compiled for it depends on; it need not be in its final place. */
export type Compiled = Pick<
  EngineInstallation,
  'name' | 'kind' | 'source' | 'folder' | 'binding' | 'libraryPath'
>;

/**
 * Where the library of an engine is, and where what is compiled into the engine's folder finds it.
 * @throws Problem `engine-invalid` if it is gone, with what to do
 */
export function libraryOf({ folder, name, source, libraryPath }: Compiled) {
  const library = libraryStillIn(name === 'custom' ? source : folder, { name, source });
  const runPaths = [...new Set([library.libraryFolder, ...libraryPath])].map((path) => {
    const inside = relative(folder, path);
    return inside.startsWith('..') ? path : `${currentPlatform().origin}/${inside}`;
  });
  return { ...library, runPaths };
}

function libraryStillIn(place: string, engine: Pick<Compiled, 'name' | 'source'>): TensorFlowLibrary {
  try {
    return findLibrary(place);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw mendedByInstalling(
      'engine-invalid',
      `The TensorFlow library of the engine ${engine.name} is gone: ${error.message} Put it back, or install the engine again`,
      reinstalling(engine),
      { cause: error },
    );
  }
}
