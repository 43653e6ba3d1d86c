import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { SECURITY_HEADERS } from './security-headers.ts';

/** A whole answer in memory. */
export interface Reply {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly mediaType: string;
  readonly body: string | Uint8Array;
}

/** A short text for people. */
export function textReply(status: number, text: string, headers: OutgoingHttpHeaders = {}): Reply {
  return { status, headers, mediaType: 'text/plain; charset=utf-8', body: `Kindling: ${text}\n` };
}

/** Sends an answer that no cache keeps. */
export function respond(response: ServerResponse, { status, headers, mediaType, body }: Reply): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'Cache-Control': 'no-store',
    'Content-Type': mediaType,
    'Content-Length': bytes.length,
    ...headers,
  });
  response.end(bytes);
}
