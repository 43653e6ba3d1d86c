import { type DecodedPicture, decodePicture } from './decode-picture.ts';
import { inOrder } from './in-order.ts';
import type { PictureImport } from './import-task.ts';
import { memoryOf } from './picture-limits.ts';
import type { ScratchFile } from '../../files/scratch-file.ts';
import type { SurveyedPicture } from './survey.ts';
import { type BrokenPicture, orUnreadable, Unreadable } from './broken-pictures.ts';

/** Pictures under way at once: decoding has four threads, and the next ones are read meanwhile. */
const AT_ONCE = 32;

/** Where the samples of a picture lie, and what they are. */
export interface KeptPicture extends Pick<DecodedPicture, 'channels' | 'range'> {
  readonly at: number;
}

export interface DecodedFiles {
  readonly kept: ReadonlyMap<string, KeptPicture>;
  readonly broken: readonly BrokenPicture[];
}

interface ReadPicture {
  readonly picture: SurveyedPicture;
  readonly content: Buffer | Unreadable;
}

/** Decodes the wanted files of a source, in the order in which it has them, as many at once as memory allows. */
export async function decodeAll(
  pictures: readonly SurveyedPicture[],
  scratch: ScratchFile,
  task: PictureImport,
): Promise<DecodedFiles> {
  const { options, memory, onRead } = task;
  const { size = null, stretch: deep = false } = options;
  const wanted = new Map(pictures.map((picture) => [picture.file, picture]));
  const total = [...wanted.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  const kept = new Map<string, KeptPicture>();
  const broken = new Map<string, BrokenPicture>();
  const decode = async ({ picture, content }: ReadPicture) => {
    const result =
      content instanceof Unreadable
        ? content
        : await orUnreadable(() => decodePicture(content, picture.header, { size, deep }));
    return { picture, result };
  };
  const weigh = ({ picture }: ReadPicture): number =>
    Math.max(memory / AT_ONCE, memoryOf(picture.bytes, picture.header, deep));
  let bytes = 0;
  for await (const { picture, result } of inOrder(readWanted(wanted, task), decode, {
    most: memory,
    weigh,
  })) {
    const { file } = picture;
    if (result instanceof Unreadable) {
      broken.set(file, { file, reason: result.message });
    } else {
      const { channels, range, samples } = result;
      kept.set(file, { at: scratch.append(asBytes(samples)), channels, range });
      // an archive may have a file twice, of which the later one counts
      broken.delete(file);
    }
    onRead((bytes += picture.bytes), total, kept.size);
  }
  return { kept, broken: [...broken.values()] };
}

async function* readWanted(
  wanted: ReadonlyMap<string, SurveyedPicture>,
  { source, signal }: PictureImport,
): AsyncGenerator<ReadPicture> {
  for await (const entry of source.entries({ signal })) {
    const picture = entry.kind === 'file' ? wanted.get(entry.file.path) : undefined;
    if (entry.kind !== 'file' || picture === undefined) continue;
    yield { picture, content: await orUnreadable(() => entry.file.all()) };
  }
}

function asBytes(samples: DecodedPicture['samples']): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}
