import { existsSync, realpathSync } from 'node:fs';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { attach, type AttachedApplication } from '../../attach/attach.ts';
import { kindlingHome } from '../../home.ts';
import { describeHolder } from '../../store/lease.ts';
import type { Client } from './client.ts';
import { refused } from './refused.ts';

/**
 * @param holder who this is, for others who want the store meanwhile: `kindling study run`
 * @throws Problem `store-busy` for an application of another version or another home, and one that does not answer
 */
export async function openClient(storeFile: string, holder: string): Promise<Client> {
  const attached = await attach(storeFile);
  if (!attached) {
    // a whole application takes its time to load: not where another one does the work
    const { ownClient } = await import('./own-client.ts');
    return ownClient(storeFile, holder);
  }
  const client = clientOf(attached, describeHolder(storeFile));
  try {
    const { home } = await client.request('application.state', {});
    if (isSameFolder(home, kindlingHome())) return client;
    throw new Problem(
      'store-busy',
      `The store ${storeFile} is in use by ${client.host}, whose home is ${home}, not ${kindlingHome()}: set KINDLING_HOME to that folder, or quit that program.`,
    );
  } catch (error) {
    attached.close();
    throw error;
  }
}

/** Whether two names are of one folder. */
function isSameFolder(one: string, other: string): boolean {
  return one === other || (existsSync(other) && realpathSync(one) === realpathSync(other));
}

function clientOf(application: AttachedApplication, host: string): Client {
  const lost = application.gone.then((problem) => Promise.reject(problem));
  // of interest only to who waits for something
  lost.catch(() => undefined);
  return {
    host,
    request: async (name, parameters) => {
      const answered = await application.answer(name, parameters);
      if (answered.ok) return answered.result as never;
      throw refused(answered);
    },
    subscribe: (listener) => application.subscribe(listener),
    gone: lost,
    close: () => Promise.resolve(application.close()),
  };
}
