import type { Application } from '../api/application.ts';
import { listenForCommands } from './listen.ts';

/**
 * Lets commands attach to an application until it has been closed. Where that cannot be (no socket can be made), it goes
 * without, and they refuse as beside any other process that holds the store.
 *
 * @param store file of the store that it holds
 * @returns the application, whose `close` tells attached commands of its end
 */
export async function letAttach(application: Application, store: string): Promise<Application> {
  try {
    const listening = await listenForCommands(application, store);
    return {
      ...application,
      close: () => application.close().finally(() => listening.close()),
    };
  } catch (error) {
    console.error(`kindling: the command line cannot attach (${(error as Error).message}).`);
    return application;
  }
}
