import type { NumberedEvent } from '../../../src-shared/contract/api/events.ts';
import type { ParametersOf, RequestName, ResultOf } from '../../../src-shared/contract/api/index.ts';

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
