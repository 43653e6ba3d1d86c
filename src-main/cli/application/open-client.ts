import { existsSync, realpathSync } from 'node:fs';
import type { NumberedEvent } from '../../../src-shared/contract/api/events.ts';
import type { ParametersOf, RequestName, ResultOf } from '../../../src-shared/contract/api/index.ts';
import { Problem } from '../../../src-shared/contract/problem.ts';
import { type Application, createApplication } from '../../api/application.ts';
import { localEnvironment } from '../../api/training-environment.ts';
import { attach, type AttachedApplication } from '../../attach/attach.ts';
import { describeDataset } from '../../datasets/describe-dataset.ts';
import { selectedEngine } from '../../engine/provisioning/installation.ts';
import { dataFolder, kindlingHome } from '../../home.ts';
import { describeHolder } from '../../store/lease.ts';
import { type CheckedStudy, checkStudy } from '../../studies/check-study.ts';
import { refused } from './refused.ts';

/** The application that a command has do its work: the one that holds the store, or else one of its own. */
export interface Client {
  /** Who it is, for people; null for one of its own. */
  readonly host: string | null;
  /** @throws Problem as the request does, and `process-died` if another's application ends before it has answered */
  request<Name extends RequestName>(name: Name, parameters: ParametersOf<Name>): Promise<ResultOf<Name>>;
  /** @returns what ends it */
  subscribe(listener: (event: NumberedEvent) => void): () => void;
  /** Never resolves. @throws Problem `process-died` when another's application ends */
  readonly gone: Promise<never>;
  /** Leaves another's as it is; ends what its own does in order. */
  close(): Promise<void>;
}

/**
 * @param holder who this is, for others who want the store meanwhile: `kindling study run`
 * @throws Problem `store-busy` for an application of another version or another home, and one that does not answer
 */
export async function openClient(storeFile: string, holder: string): Promise<Client> {
  const attached = await attach(storeFile);
  if (!attached) return ownClient(storeFile, holder);
  const client = clientOf(attached, describeHolder(storeFile));
  try {
    const { home } = await client.request('application.state', {});
    if (isSameFolder(home, kindlingHome())) return client;
    throw new Problem(
      'store-busy',
      `The store ${storeFile} is in use by ${client.host}, whose home is ${home} and not ${kindlingHome()}: set KINDLING_HOME to that folder, or quit that program.`,
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

/**
 * Not in a thread, as this process has nothing else to do meanwhile. The engine is asked for before anything is saved.
 * @throws Problem of the study, the data and the engine
 */
function checkToRun(home: string, text: string, fileName: string): CheckedStudy {
  const study = checkStudy(text, fileName, (name) => describeDataset(name, dataFolder(home)));
  selectedEngine(home);
  return study;
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

/** It takes the store when it is first needed, so that what needs none goes beside anything. */
function ownClient(storeFile: string, holder: string): Client {
  const home = kindlingHome();
  const application: Application = createApplication({
    ...{ home, storeFile, holder, opensLater: true },
    environment: {
      ...localEnvironment(home, () => null),
      checkStudy: (text, fileName) => new Promise((resolve) => resolve(checkToRun(home, text, fileName))),
    },
  });
  return {
    host: null,
    request: (name, parameters) => application.request(name, parameters),
    subscribe: (listener) => application.subscribe(listener),
    gone: new Promise(() => undefined),
    close: () => application.close(),
  };
}
