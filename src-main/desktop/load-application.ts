import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as ApplicationModule from '../api/application.ts';
import type * as AttachModule from '../attach/let-attach.ts';
import { storeFile } from '../home.ts';
import { outsideArchive } from './outside-archive.ts';

/**
 * Opens the application on the store in `home`, to which the command line may attach. Its sources are those beside the archive, because it hands paths of
 * itself and of its packages to other programs: trainers, workers, the compiler of an engine.
 * @throws Problem of the store (of those sources: another class than ours in a packaged application)
 */
export async function loadApplication(home: string): Promise<ApplicationModule.Application> {
  const { createApplication } = (await load('api/application.ts')) as typeof ApplicationModule;
  const { letAttach } = (await load('attach/let-attach.ts')) as typeof AttachModule;
  return letAttach(
    createApplication({ home, holder: 'the Kindling window', collects: true }),
    storeFile(home),
  );
}

function load(source: string): Promise<unknown> {
  return import(pathToFileURL(outsideArchive(path.join(import.meta.dirname, '..', source))).href);
}
