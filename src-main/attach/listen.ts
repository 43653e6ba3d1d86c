import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { sendsBytes } from '../../src-shared/contract/api/index.ts';
import { Problem, problemContent } from '../../src-shared/mistakes/problem.ts';
import type { Application } from '../api/application.ts';
import { kindlingVersion } from '../kindling-version.ts';
import { onMessages, send } from '../work/message-stream.ts';
import { removeAddress, writeAddress } from './host-address.ts';
import { fromCommandSchema, type ToCommand } from './messages.ts';

/** Bytes of a request: room for the ids of some hundred thousand runs. */
const LONGEST_REQUEST = 8 << 20;

/** Bytes that may wait for a command; one that is slower is cut off. */
const LONGEST_QUEUE = 256 << 20;

/** Bytes in the path of a socket: what macOS allows, which is a little less than Linux does. */
const LONGEST_PATH = 103;

type AttachableApplication = Pick<Application, 'answer' | 'subscribe'>;

/** Where commands can attach. */
export interface Listening {
  /** Ends all connections and leaves nothing behind. */
  close(): void;
}

/**
 * Lets the command line of this user attach to an application, which holds its store: over a Unix socket beside the store
 * (a named pipe on Windows), with a token that only who may read the address beside the store knows.
 *
 * @param store file of the store
 * @throws Error of the system where no socket can be made
 */
export async function listenForCommands(
  application: AttachableApplication,
  store: string,
): Promise<Listening> {
  const token = randomBytes(32).toString('base64url');
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    converse(socket, application, token);
  });
  const socket = await listen(server, store);
  writeAddress(store, { socket, token });
  return {
    close: () => {
      removeAddress(store);
      server.close();
      for (const each of connections) each.destroySoon();
      if (!isBeside(socket, store)) rmSync(dirname(socket), { recursive: true, force: true });
    },
  };
}

/** @returns the path that it listens at */
async function listen(server: Server, store: string): Promise<string> {
  if (process.platform === 'win32') return listenAt(server, `\\\\.\\pipe\\kindling-${randomUUID()}`);
  const beside = besideStore(store);
  if (Buffer.byteLength(beside) <= LONGEST_PATH) {
    try {
      // left by an application that was killed: this one holds the store
      rmSync(beside, { force: true });
      return await listenAt(server, beside);
    } catch {
      // a file system without sockets
    }
  }
  return listenAt(server, join(mkdtempSync(join(tmpdir(), 'kindling-')), 'socket'));
}

async function listenAt(server: Server, path: string): Promise<string> {
  const listening = once(server, 'listening');
  // the socket is made within the call
  const before = process.umask(0o077);
  server.listen(path);
  process.umask(before);
  await listening;
  return path;
}

function besideStore(store: string): string {
  return `${resolve(store)}.socket`;
}

function isBeside(socket: string, store: string): boolean {
  return process.platform === 'win32' || socket === besideStore(store);
}

function converse(socket: Socket, application: AttachableApplication, token: string): void {
  let isWelcome = false;
  const tell = (message: ToCommand, mayHoldBytes = false): void => {
    if (socket.writableLength > LONGEST_QUEUE) socket.destroy();
    else send(socket, message, mayHoldBytes);
  };
  // always followed by `close`
  socket.on('error', () => socket.destroy());
  onMessages(socket, LONGEST_REQUEST, (message) => {
    const known = fromCommandSchema.parse(message);
    if (isWelcome && known.type === 'request') {
      const { id, name, parameters } = known;
      void application
        .answer(name, parameters)
        .then((answer) => tell({ type: 'answer', id, answer }, sendsBytes(name)));
    } else if (!isWelcome && known.type === 'greet' && isSame(known.token, token)) {
      const refusal = wrongVersion(known.version);
      if (refusal !== null) {
        tell({ type: 'refused', problem: problemContent(refusal) });
        socket.end();
        return;
      }
      isWelcome = true;
      tell({ type: 'welcome' });
      socket.on(
        'close',
        application.subscribe((event) => tell({ type: 'event', ...event })),
      );
    } else socket.destroy();
  });
}

function wrongVersion(version: string): Problem | null {
  const own = kindlingVersion();
  if (version === own) return null;
  return new Problem(
    'store-busy',
    `The store is in use by Kindling ${own}, and this is Kindling ${version}: quit the other, or use its own command line.`,
  );
}

/** In a time that does not depend on where they differ, nor on their lengths. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
