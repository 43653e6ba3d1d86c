import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

export interface Question {
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** Sent chunked, without a length, where it is more than one part. */
  readonly body?: readonly (string | Uint8Array)[];
}

export interface Reply {
  /** 101 where the connection became a WebSocket. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Asks as a program that keeps to no browser's rules: any path, any Host. */
export function ask({ port, path, method = 'GET', headers = {}, body = [] }: Question): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
    asking.on('error', reject);
    asking.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: 101, headers: response.headers, text: '', bytes: new Uint8Array() });
    });
    asking.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const all = Buffer.concat(parts);
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, text: all.toString(), bytes: new Uint8Array(all) });
      });
    });
    for (const part of body) asking.write(part);
    asking.end();
  });
}

/** Headers that ask for a WebSocket. */
export const UPGRADE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
