import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as ApplicationModule from '../api/application.ts';
import { outsideArchive } from './outside-archive.ts';

/**
 * Opens the application on the store in `home`. Its sources are those beside the archive, because it hands paths of
 * itself and of its packages to other programs: trainers, workers, the compiler of an engine.
 * @throws Problem of the store (of those sources: another class than ours in a packaged application)
 */
export async function loadApplication(home: string): Promise<ApplicationModule.Application> {
  const file = outsideArchive(path.join(import.meta.dirname, '..', 'api', 'application.ts'));
  const { createApplication } = (await import(pathToFileURL(file).href)) as typeof ApplicationModule;
  return createApplication({ home, holder: 'the Kindling window' });
}
