import { createConnection, type Socket } from 'node:net';
import type { NumberedEvent } from '../../src-shared/contract/api/events.ts';
import type { Answer } from '../../src-shared/contract/api/index.ts';
import { takesBytes } from '../../src-shared/contract/takes-bytes.ts';
import { Problem, problemOf } from '../../src-shared/mistakes/problem.ts';
import { kindlingVersion } from '../kindling-version.ts';
import { describeHolder } from '../store/lease.ts';
import { awakeTimer } from '../work/awake-timer.ts';
import { onMessages, send } from '../work/message-stream.ts';
import { readAddress } from './host-address.ts';
import type { FromCommand, ToCommand } from './messages.ts';
import { notThisStore } from '../store/another-store.ts';

/** Milliseconds in which an application answers a greeting. */
const PATIENCE = 15_000;

/** An application in another process. */
export interface AttachedApplication {
  /** @throws Problem `process-died` if the application ends before it has answered */
  answer(name: string, parameters: unknown): Promise<Answer<unknown>>;
  /** @returns what ends it */
  subscribe(listener: (event: NumberedEvent) => void): () => void;
  /** Resolves when the application has ended, or was attached to no more. */
  readonly gone: Promise<Problem>;
  close(): void;
}

/**
 * Attaches to the application that holds a store, if there is one and it lets commands do so: the window, or `kindling
 * serve`.
 *
 * @param store file of the store
 * @returns null where there is none
 * @throws Problem `store-busy` for an application of another version, and for one that does not answer
 */
export async function attach(store: string): Promise<AttachedApplication | null> {
  const address = readAddress(store);
  const socket = address && (await connect(address.socket));
  if (!socket) return null;
  const welcome = converse(socket, store);
  const greeting: FromCommand = { type: 'greet', token: address.token, version: kindlingVersion() };
  send(socket, greeting);
  const late = awakeTimer(PATIENCE, () => socket.destroy());
  try {
    return await welcome;
  } finally {
    late.stop();
  }
}

/** Null where nobody listens. */
function connect(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => resolve(socket));
    // its process was killed, and has left its address behind
    socket.once('error', () => resolve(null));
  });
}

/** Resolves when the application has answered the greeting. */
function converse(socket: Socket, store: string): Promise<AttachedApplication> {
  const welcome = Promise.withResolvers<AttachedApplication>();
  const gone = Promise.withResolvers<Problem>();
  const waiting = new Map<number, PromiseWithResolvers<Answer<unknown>>>();
  const listeners = new Set<(event: NumberedEvent) => void>();
  let requests = 0;
  const hear = (message: ToCommand): void => {
    switch (message.type) {
      case 'welcome':
        welcome.resolve(application);
        break;
      case 'refused':
        welcome.reject(problemOf(message.problem));
        break;
      case 'answer':
        waiting.get(message.id)?.resolve(message.answer);
        waiting.delete(message.id);
        break;
      case 'event':
        for (const listener of listeners) listener({ sequence: message.sequence, event: message.event });
        break;
    }
  };
  // what comes is of this version: the greeting has seen to that
  onMessages(socket, Infinity, (message) => hear(message as ToCommand));
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    const ended = new Problem(
      'process-died',
      `The application that held ${store} has ended or was interrupted. Run the command again: everything that is complete is kept.`,
    );
    welcome.reject(notAnswering(store));
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
    gone.resolve(ended);
  });
  const application: AttachedApplication = {
    answer: (name, parameters) => {
      const answer = Promise.withResolvers<Answer<unknown>>();
      const id = ++requests;
      waiting.set(id, answer);
      if (socket.destroyed) void gone.promise.then((problem) => answer.reject(problem));
      else send(socket, { type: 'request', id, name, parameters } satisfies FromCommand, takesBytes(name));
      return answer.promise;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    gone: gone.promise,
    close: () => socket.destroy(),
  };
  return welcome.promise;
}

function notAnswering(store: string): Problem {
  return notThisStore(
    'store-busy',
    `The store ${store} is in use by ${describeHolder(store)}, which does not answer. Quit it, or `,
  );
}
