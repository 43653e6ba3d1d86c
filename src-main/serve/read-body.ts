import type { IncomingMessage } from 'node:http';

/** Room for the largest picture in base64; also for the ids of some hundred thousand runs. */
export const LARGEST_BODY = 24 << 20;

/**
 * The whole body, or null where it is longer than LARGEST_BODY; the rest is then left unread.
 * @throws Error of the connection if it breaks off
 */
export async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer> | null> {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  // an answer must still be possible, so the connection is not ended with the reading
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LARGEST_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
