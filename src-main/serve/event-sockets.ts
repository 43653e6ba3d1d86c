import type { PageMessage } from '../../src-shared/contract/api/events.ts';
import type { WebSocket } from 'ws';
import type { ServedApplication } from './served-application.ts';

/** Bytes that may wait for a page; one that is slower than this is closed and loads again when it is back. */
const LONGEST_QUEUE = 16 << 20;

/** Close codes of RFC 6455, section 7.4. */
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

/** The pages that are told of every event. */
export interface EventSockets {
  /** Greets a page and tells it all that happens from now on. */
  add(socket: WebSocket): void;
  close(): void;
}

/**
 * Tells events to all pages that are connected. A page that does not answer a ping until the next one is gone
 * (its machine slept, the tunnel broke) and its socket is ended.
 * @param pingSeconds time between pings
 */
export function eventSockets(application: ServedApplication, pingSeconds: number): EventSockets {
  const silent = new Map<WebSocket, boolean>();
  const unsubscribe = application.subscribe((event) => {
    if (silent.size === 0) return;
    const text = message({ type: 'event', ...event });
    for (const socket of silent.keys()) tell(socket, text);
  });
  const timer = setInterval(() => {
    for (const [socket, isSilent] of silent) {
      if (isSilent) socket.terminate();
      else {
        silent.set(socket, true);
        socket.ping();
      }
    }
  }, pingSeconds * 1000);
  return {
    add: (socket) => {
      // no event can come between the greeting, which says the last number, and the place among the listeners
      silent.set(socket, false);
      socket.send(message(application.hello()));
      socket.on('pong', () => silent.set(socket, false));
      socket.on('close', () => silent.delete(socket));
      // always followed by `close`
      socket.on('error', () => socket.terminate());
    },
    close: () => {
      clearInterval(timer);
      unsubscribe();
      for (const socket of silent.keys()) {
        socket.close(GOING_AWAY, 'Kindling has ended');
        // nobody waits for a page's goodbye
        socket.terminate();
      }
    },
  };
}

function tell(socket: WebSocket, text: string): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > LONGEST_QUEUE) socket.close(TRY_AGAIN_LATER, 'too slow');
  else socket.send(text);
}

function message(value: PageMessage): string {
  return JSON.stringify(value);
}
