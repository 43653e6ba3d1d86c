import type { Answer } from '../../src-shared/contract/api/index.ts';
import { lineReader } from '../../src-shared/contract/lines.ts';
import { giveWay } from './give-way.ts';

/** Reads an answer in lines as it arrives, in pieces between which the page answers. */
export async function readLines(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Answer<unknown>> {
  const texts = body.pipeThrough(new TextDecoderStream()).getReader();
  const reader = lineReader();
  // joined once its end is there: a line comes in many parts
  let begun: string[] = [];
  for (let next = await texts.read(); !next.done; next = await texts.read()) {
    const [end = '', ...others] = next.value.split('\n');
    begun.push(end);
    for (const other of others) {
      reader.take(begun.join(''));
      begun = [other];
      await giveWay();
    }
  }
  reader.take(begun.join(''));
  return reader.answer();
}
