import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { type DatasetRemark, warning } from '../../../src-shared/datasets/dataset-remark.ts';
import { byCodeUnit, firstOf } from './words.ts';
import { counted } from '../../../src-shared/counted.ts';

/** A picture that is left out, or why nothing is added. */
export interface BrokenPicture {
  readonly file: string;
  readonly reason: string;
}

/** A picture that cannot be read. The message is the reason, without the file's name. */
export class Unreadable extends Error {
  /** What the image library says, which names the input and may have several lines, or what the file system says. */
  static because(error: unknown): Unreadable {
    const words = error instanceof Error ? error.message : String(error);
    const [first = ''] = words.trim().split('\n');
    const reason = first.replace(/^Input (?:buffer|file) (?:has|contains) /, '').replace(/^vips\w+: /i, '');
    if (/exceeds pixel limit/.test(reason))
      return new Unreadable('it has more than 268 million pixels', { cause: error });
    return new Unreadable(reason === '' || reason === 'Unknown error' ? 'it is damaged' : reason, {
      cause: error,
    });
  }
}

/** What a file system says of a file that may not or cannot be read any more. */
const REFUSALS = new Set(['EACCES', 'EPERM', 'EIO', 'ENOENT']);

/** What a picture was read to, or why it cannot be read. */
export async function orUnreadable<T>(read: () => Promise<T>): Promise<T | Unreadable> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Unreadable) return error;
    if (REFUSALS.has((error as NodeJS.ErrnoException).code ?? '')) return Unreadable.because(error);
    throw error;
  }
}

/** More than these are counted. */
const MOST_NAMED = 50;

/** @throws Problem `data-invalid` that names all that are broken */
export function requireAllRead(broken: readonly BrokenPicture[], source: string): void {
  if (broken.length === 0) return;
  const sorted = [...broken].sort((one, other) => byCodeUnit(one.file, other.file));
  const named = sorted.slice(0, MOST_NAMED).map(({ file, reason }) => `  ${file}: ${reason}`);
  const more = sorted.length > MOST_NAMED ? [`  … and ${sorted.length - MOST_NAMED} more`] : [];
  throw new Problem(
    'data-invalid',
    [
      `${source}: ${counted(broken.length, 'image')} cannot be read:`,
      ...named,
      ...more,
      'Repair or remove them and add the data set again, or leave them out with --skip-broken.',
    ].join('\n'),
  );
}

export function tellBroken(broken: readonly BrokenPicture[]): DatasetRemark[] {
  if (broken.length === 0) return [];
  const names = broken.map(({ file, reason }) => `${file} (${reason})`).sort(byCodeUnit);
  return [
    warning(
      `${counted(broken.length, 'image')} could not be read and ${broken.length === 1 ? 'was' : 'were'} left out: ${firstOf(names)}.`,
    ),
  ];
}
