import { randomUUID } from 'node:crypto';
import type { ApplicationEvent, NumberedEvent, PageMessage } from '../../src-shared/contract/api/events.ts';

/** The events of one host, numbered from 1 without a gap. */
export interface EventStream {
  emit(event: ApplicationEvent): void;
  /** @returns what ends it */
  subscribe(listener: (event: NumberedEvent) => void): () => void;
  /** Tells this host from another, and the number of the last event. */
  hello(): Extract<PageMessage, { type: 'hello' }>;
}

/** @param onBug is told what a listener throws; the other listeners hear the event all the same */
export function eventStream(onBug: (error: unknown) => void): EventStream {
  const host = randomUUID();
  const listeners = new Set<(event: NumberedEvent) => void>();
  let sequence = 0;
  return {
    emit: (event) => {
      const numbered = { sequence: ++sequence, event };
      for (const listener of listeners) {
        try {
          listener(numbered);
        } catch (error) {
          onBug(error);
        }
      }
    },
    subscribe: (listener) => {
      // a function of its own, so that the same listener may subscribe twice
      const own = (event: NumberedEvent): void => listener(event);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    hello: () => ({ type: 'hello', host, sequence }),
  };
}
