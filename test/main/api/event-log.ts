import type { ApplicationEvent, NumberedEvent } from '../../../src-shared/contract/api/events.ts';

/** Events as they come, and a way to wait for one. */
export interface EventLog {
  /** Everything that was told so far. */
  readonly events: readonly NumberedEvent[];
  readonly add: (event: NumberedEvent) => void;
  /** Resolves with the first event, told already or to come, that fits. */
  readonly event: (fits: (event: ApplicationEvent) => boolean) => Promise<ApplicationEvent>;
}

export function eventLog(): EventLog {
  const events: NumberedEvent[] = [];
  const waiting = new Set<() => void>();
  return {
    events,
    add: (event) => {
      events.push(event);
      for (const look of waiting) look();
    },
    event: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = events.find((numbered) => fits(numbered.event));
          if (!found) return;
          waiting.delete(look);
          resolve(found.event);
        };
        waiting.add(look);
        look();
      }),
  };
}
