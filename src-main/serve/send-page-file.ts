import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { findPageFile } from '../api/page-file.ts';
import { respond, textReply } from './respond.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** Sends a file of the built page; files whose names carry their hash are kept by the browser for good. */
export async function sendPageFile(
  folder: string,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    respond(response, textReply(405, 'pages are read with GET.', { Allow: 'GET, HEAD' }));
    return;
  }
  const found = findPageFile(folder, pathname);
  if (found === null) {
    respond(response, textReply(404, 'there is no such page; open /.'));
    return;
  }
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'Cache-Control': found.hashed ? 'private, max-age=31536000, immutable' : 'no-store',
    'Content-Type': found.mediaType,
    'Content-Length': found.bytes,
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(found.file), response);
}
