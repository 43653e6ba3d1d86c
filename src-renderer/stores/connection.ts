import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { ApplicationEvent, PageMessage } from '../../src-shared/contract/api/events.ts';
import { transport } from '../connection/request.ts';
import type { LinkState } from '../connection/transport.ts';

type Listener = (event: ApplicationEvent) => void;

/**
 * The stream of events. `generation` rises whenever everything that is shown should be loaded (again): on the first
 * connection, on every later one, and where an event was missed.
 */
export const useConnection = defineStore('connection', () => {
  const state = ref<LinkState>('connecting');
  const generation = ref(0);
  const listeners = new Set<Listener>();
  let next = 0;

  function receive(message: PageMessage): void {
    if (message.type === 'hello') {
      next = message.sequence + 1;
      generation.value += 1;
    } else if (message.sequence >= next) {
      const missed = message.sequence > next;
      next = message.sequence + 1;
      if (missed || message.event.type === 'reload') generation.value += 1;
      for (const listener of listeners) listener(message.event);
    }
  }

  function start(): void {
    transport.connect(receive, (now) => {
      state.value = now;
    });
  }

  /** Calls back for each event; returns how to end that. */
  function listen(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return { state, generation, start, listen };
});
