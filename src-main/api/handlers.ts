import type { CheckedParametersOf, RequestName, ResultOf } from '../../src-shared/contract/api/index.ts';

/** What answers a request; its parameters have been checked. Expected failures are thrown as Problems. */
export type Handler<Name extends RequestName> = (
  parameters: CheckedParametersOf<Name>,
) => ResultOf<Name> | Promise<ResultOf<Name>>;

/** One handler for every request of the contract. */
export type Handlers = { readonly [Name in RequestName]: Handler<Name> };

/** The handlers of one topic, e.g. `HandlersOf<typeof studyRequests>`. */
export type HandlersOf<Topic> = Pick<Handlers, keyof Topic & RequestName>;
