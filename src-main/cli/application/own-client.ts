import { createApplication } from '../../api/application.ts';
import { localEnvironment } from '../../api/training-environment.ts';
import { describeDataset } from '../../datasets/describe-dataset.ts';
import { selectedEngine } from '../../engine/installations/installation.ts';
import { dataFolder, kindlingHome } from '../../home.ts';
import { type CheckedStudy, checkStudy } from '../../studies/check-study.ts';
import type { Client } from './client.ts';

/** An application in this process. It takes the store when it is first needed, so that what needs none goes beside anything. */
export function ownClient(storeFile: string, holder: string): Client {
  const home = kindlingHome();
  const application = createApplication({
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

/**
 * Not in a thread, as this process has nothing else to do meanwhile. The engine is asked for before anything is saved.
 * @throws Problem of the study, the data and the engine
 */
function checkToRun(home: string, text: string, fileName: string): CheckedStudy {
  const study = checkStudy(text, fileName, (name) => describeDataset(name, dataFolder(home)));
  selectedEngine(home);
  return study;
}
