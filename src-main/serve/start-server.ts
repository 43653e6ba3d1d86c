import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { type Access, createAccess } from './access.ts';
import { apiReply } from './api-reply.ts';
import { type EventSockets, eventSockets } from './event-sockets.ts';
import { foreignRequest } from './foreign-request.ts';
import { respond, textReply } from './respond.ts';
import { sendPageFile } from './send-page-file.ts';
import type { ServedApplication } from './served-application.ts';

export interface ServerOptions {
  readonly application: ServedApplication;
  /** Folder of the built page. */
  readonly page: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Time between the pings by which dead pages are found. */
  readonly pingSeconds?: number;
}

export interface RunningServer {
  /** With the token: opens the page. */
  readonly url: string;
  /** e.g. `http://127.0.0.1:8017` */
  readonly origin: string;
  readonly port: number;
  readonly token: string;
  /** Ends all connections. The application is the caller's to close. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

const UNKNOWN_CALLER =
  'this needs the token of the current start. Open the complete address that `kindling serve` printed ' +
  '(it changes at each start); scripts send `Authorization: Bearer TOKEN`.';

/**
 * Serves the page and the API of an application to this machine only. Whatever comes without the token (or the cookie
 * that a browser gets for it) is refused, and so is whatever another site's page sends.
 * @throws Problem `port-taken` (also one that may not be used), `not-found` where the page has not been built
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { application, page } = options;
  if (!existsSync(path.join(page, 'index.html'))) {
    throw new Problem('not-found', `The page has not been built: there is no index.html in ${page}.`);
  }
  const access = createAccess();
  const server = createServer();
  const port = await listen(server, options.port);
  const sockets = eventSockets(application, options.pingSeconds ?? 20);
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: 1024, perMessageDeflate: false });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    handle(application, page, access, port, request, response).catch((error: unknown) => {
      // a page that left while it was being answered is no news
      if (request.socket.destroyed) return;
      console.error(error);
      if (response.headersSent) response.destroy();
      else respond(response, textReply(500, 'this is a bug; the terminal has the details.'));
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgrade(access, upgrades, sockets, request, socket, head);
  });
  const origin = `http://${HOST}:${port}`;
  return {
    url: `${origin}/?token=${access.token}`,
    origin,
    port,
    token: access.token,
    close: async () => {
      sockets.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  const listening = once(server, 'listening');
  server.listen(port, HOST);
  try {
    await listening;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'EADDRINUSE'
        ? `Port ${port} is in use by another program.`
        : `Port ${port} cannot be used (${message}).`;
    throw new Problem(
      'port-taken',
      `${reason} Choose another with --port, or use --port 0 for any free port.`,
      {
        cause: error,
      },
    );
  }
  return (server.address() as AddressInfo).port;
}

async function handle(
  application: ServedApplication,
  page: string,
  access: Access,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const foreign = foreignRequest(request.headers);
  const url = addressOf(request);
  const token = url?.searchParams.get('token');
  if (foreign !== null) respond(response, textReply(403, foreign));
  else if (url === null) respond(response, textReply(400, 'the address is not valid.'));
  else if (url.pathname === '/' && token != null && access.isToken(token)) {
    // so that the token stays neither in the address bar nor in the history
    const headers = { Location: '/', 'Set-Cookie': access.sessionCookie(port) };
    respond(response, textReply(303, 'welcome.', headers));
  } else if (!access.isAllowed(request.headers)) respond(response, textReply(401, UNKNOWN_CALLER));
  else if (url.pathname.startsWith('/api/')) {
    respond(response, await apiReply(application, url.pathname.slice('/api/'.length), request));
  } else await sendPageFile(page, url.pathname, request, response);
}

function upgrade(
  access: Access,
  upgrades: WebSocketServer,
  sockets: EventSockets,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  socket.on('error', () => socket.destroy());
  if (foreignRequest(request.headers) !== null) refuse(socket, '403 Forbidden');
  else if (!access.isAllowed(request.headers)) refuse(socket, '401 Unauthorized');
  else if (addressOf(request)?.pathname !== '/events') refuse(socket, '404 Not Found');
  else upgrades.handleUpgrade(request, socket, head, (page) => sockets.add(page));
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function addressOf(request: IncomingMessage): URL | null {
  return URL.parse(request.url ?? '/', 'http://localhost');
}
