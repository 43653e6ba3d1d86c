import type { IncomingMessage } from 'node:http';
import { type Answer, sendsBytes } from '../../src-shared/contract/api/index.ts';
import { BLOCK_TYPE, fromBlock, toBlock } from '../../src-shared/contract/block.ts';
import { canComeInLines, LINES_TYPE, toLines } from '../../src-shared/contract/lines.ts';
import { takesBytes } from '../../src-shared/contract/takes-bytes.ts';
import { LARGEST_BODY, readBody } from './read-body.ts';
import { type Reply, textReply } from './respond.ts';
import type { ServedApplication } from './served-application.ts';
import { statusOf } from './status-of.ts';

/**
 * The answer to `POST /api/NAME`: parameters in, an `Answer` out, as JSON or, where they hold bytes, as a block; a long one in lines for who
 * accepts them. It is not compressed: over loopback that costs more than it saves, and SSH compresses by itself (`ssh -C`).
 */
export async function apiReply(
  application: ServedApplication,
  name: string,
  request: IncomingMessage,
): Promise<Reply> {
  if (request.method !== 'POST') {
    return textReply(405, 'API requests must use POST.', { Allow: 'POST' });
  }
  // what a page of another site may send without being asked has other types
  const wanted = takesBytes(name) ? BLOCK_TYPE : 'application/json';
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== wanted) {
    return textReply(415, `API requests need Content-Type: ${wanted}.`);
  }
  const body = await readBody(request);
  if (body === null) {
    return textReply(413, `a request may have at most ${LARGEST_BODY} bytes.`);
  }
  const parameters = parsed(body, wanted);
  if (parameters === undefined) return textReply(400, `the request is no ${wanted}.`);
  const answer = await application.answer(name, parameters.value);
  const status = statusOf(answer);
  if (answer.ok && sendsBytes(name)) return { status, mediaType: BLOCK_TYPE, body: toBlock(answer) };
  if (canComeInLines(name) && request.headers.accept === LINES_TYPE)
    return { status, mediaType: LINES_TYPE, body: writtenOnce(answer) };
  return { status, mediaType: 'application/json; charset=utf-8', body: JSON.stringify(answer) };
}

/** The table of runs (19 MB for 10,000) is the same object as long as nothing has changed; it is written once. */
const written = new WeakMap<object, Buffer>();

function writtenOnce(answer: Answer<unknown>): Buffer {
  const key =
    answer.ok && typeof answer.result === 'object' && answer.result !== null ? answer.result : answer;
  const lines = written.get(key) ?? Buffer.from(toLines(answer));
  written.set(key, lines);
  return lines;
}

function parsed(body: Buffer<ArrayBuffer>, type: string): { readonly value: unknown } | undefined {
  try {
    return { value: type === BLOCK_TYPE ? fromBlock(new Uint8Array(body)) : JSON.parse(body.toString()) };
  } catch {
    return undefined;
  }
}
