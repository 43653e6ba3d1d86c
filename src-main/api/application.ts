import type { NumberedEvent, PageMessage } from '../../src-shared/contract/api/events.ts';
import {
  type Answer,
  isRequestName,
  type ParametersOf,
  type RequestName,
  requests,
  type ResultOf,
} from '../../src-shared/contract/api/index.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { checkInput } from '../../src-shared/mistakes/check-input.ts';
import { firstMistakes } from '../../src-shared/mistakes/first-mistakes.ts';
import { showMistake } from '../../src-shared/mistakes/show-mistake.ts';
import { analysisHandlers } from './analysis.ts';
import { applicationHandlers } from './application-state.ts';
import { datasetHandlers } from './datasets.ts';
import { draftHandlers } from './drafts.ts';
import { engineHandlers } from './engines.ts';
import { executorHandlers } from './executors.ts';
import { exportHandlers } from './exports.ts';
import { figureHandlers } from './figures.ts';
import { folderHandlers } from './folders.ts';
import type { Handlers } from './handlers.ts';
import type { Host } from './host.ts';
import { importHandlers } from './imports.ts';
import { networkHandlers } from './networks.ts';
import { type ApplicationOptions, openHost } from './open-host.ts';
import { pictureHandlers } from './pictures.ts';
import { refuseChange } from './read-only.ts';
import { refusalOf } from './refusal-of.ts';
import { reportHandlers } from './reports.ts';
import { runHandlers } from './runs.ts';
import { settingsHandlers } from './settings.ts';
import { storeFileHandlers } from './store-files.ts';
import { studyHandlers } from './studies.ts';
import { taskHandlers } from './tasks.ts';
import { singleRunHandlers } from './single-runs.ts';
import { trashHandlers } from './trash.ts';
import { uploadHandlers } from './uploads.ts';
import { viewHandlers } from './views.ts';

/** The whole program behind the page: what a transport carries. */
export interface Application {
  /**
   * Answers a request of the contract.
   *
   * @throws Problem `usage` for parameters that the contract does not know, and what the request may fail with
   */
  request<Name extends RequestName>(name: Name, parameters: ParametersOf<Name>): Promise<ResultOf<Name>>;
  /** The same for what came from outside. Never rejects: whatever happens is in the answer. */
  answer(name: string, parameters: unknown): Promise<Answer<unknown>>;
  /** @returns what ends it */
  subscribe(listener: (event: NumberedEvent) => void): () => void;
  hello(): Extract<PageMessage, { type: 'hello' }>;
  /** Stops trainers and tasks in order and closes the store; runs in progress become `interrupted`. */
  close(): Promise<void>;
}

/**
 * Opens the store and waits for requests.
 *
 * @throws Problem of the store: `store-busy`, `store-damaged`, `store-newer`, `disk-full`; `not-found` if it is only read
 */
export function createApplication(options: ApplicationOptions): Application {
  const onBug = options.onBug ?? ((error: unknown) => console.error(error));
  const { host, events, close } = openHost({ ...options, onBug });
  const handlers = assemble(host);
  let closed: Promise<void> | null = null;
  const request = async (name: RequestName, parameters: unknown): Promise<unknown> => {
    if (closed) throw new Problem('usage', 'Kindling is closing.');
    if (options.readOnly) refuseChange(name, host.storeFile);
    const known = checked(name, parameters);
    const handler = handlers[name] as (parameters: unknown) => unknown;
    return await handler(known);
  };
  return {
    request: request as Application['request'],
    answer: async (name, parameters) => {
      try {
        if (!isRequestName(name)) throw new Problem('usage', `Unknown request "${name}".`);
        return { ok: true, result: await request(name, parameters) };
      } catch (error) {
        if (!(error instanceof Problem)) onBug(error);
        const inWords = `${name} failed because of a bug in Kindling; the log has the details.`;
        return { ok: false, ...refusalOf(error, inWords) };
      }
    },
    subscribe: (listener) => events.subscribe(listener),
    hello: () => events.hello(),
    close: () => (closed ??= close()),
  };
}

function assemble(host: Host): Handlers {
  return {
    ...applicationHandlers(host),
    ...studyHandlers(host),
    ...executorHandlers(host),
    ...draftHandlers(host),
    ...trashHandlers(host),
    ...singleRunHandlers(host),
    ...runHandlers(host),
    ...importHandlers(host),
    ...networkHandlers(host),
    ...analysisHandlers(host),
    ...pictureHandlers(host),
    ...viewHandlers(host),
    ...exportHandlers(host),
    ...reportHandlers(host),
    ...figureHandlers(host),
    ...datasetHandlers(host),
    ...folderHandlers,
    ...engineHandlers(host),
    ...uploadHandlers(host.uploads),
    ...taskHandlers(host.tasks),
    ...settingsHandlers(host),
    ...storeFileHandlers(host),
  };
}

/** @throws Problem `usage` that names the request and each wrong field */
function checked(name: RequestName, parameters: unknown): unknown {
  const { parameters: schema } = requests[name];
  const result = checkInput(schema, parameters);
  if (result.ok) return result.value;
  const mistakes = firstMistakes(result.mistakes);
  const isNone = mistakes.some(({ path }) => path.length === 0);
  const sentences = isNone ? ['the parameters must be an object.'] : mistakes.map(showMistake);
  throw new Problem('usage', `${name}: ${sentences.join('\n')}`, { mistakes });
}
