import type { Answer } from '../../src-shared/contract/api/index.ts';
import { lineReader } from '../../src-shared/contract/lines.ts';
import { giveWay } from './give-way.ts';

/** Reads an answer in lines as it arrives, in pieces between which the page answers. */
export async function readLines(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Answer<unknown>> {
  const texts = body.pipeThrough(new TextDecoderStream()).getReader();
  const reader = lineReader();
  let rest = '';
  for (let next = await texts.read(); !next.done; next = await texts.read()) {
    const lines = (rest + next.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      reader.take(line);
      await giveWay();
    }
  }
  reader.take(rest);
  return reader.answer();
}
