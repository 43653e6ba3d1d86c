import type { PageMessage } from '../../src-shared/contract/api/events.ts';
import type { Answer, ParametersOf, RequestName, ResultOf } from '../../src-shared/contract/api/index.ts';

export type LinkState = 'connecting' | 'open' | 'lost' | 'refused';

/** How the page reaches its host; one for the window, one for a browser. */
export interface Transport {
  readonly host: 'desktop' | 'browser';
  send<Name extends RequestName>(name: Name, parameters: ParametersOf<Name>): Promise<Answer<ResultOf<Name>>>;
  /** Opens the stream of messages and keeps it open. */
  connect(onMessage: (message: PageMessage) => void, onState: (state: LinkState) => void): void;
}
