import type { NumberedEvent, PageMessage } from '../../src-shared/contract/api/events.ts';
import type { Answer } from '../../src-shared/contract/api/index.ts';

/** What a transport needs of the application. */
export interface ServedApplication {
  /** Never throws: whatever happens is in the answer. */
  answer(name: string, parameters: unknown): Promise<Answer<unknown>>;
  hello(): Extract<PageMessage, { type: 'hello' }>;
  /** @returns what ends it */
  subscribe(listener: (event: NumberedEvent) => void): () => void;
}
