import { roughDuration, whole } from '../../src-shared/numbers.ts';
import { useNotices } from './notices.ts';

/** So many at once, as the host answers others in between, and milliseconds after which it is told how far it is. */
const USUAL = { size: 2000, patience: 1000 };

/**
 * Does something to many, part by part. What lasts tells how far it is, with the time left and a button that ends it after the part that
 * it is at.
 *
 * @param what is being done, as the beginning of a sentence: `Deleting runs`
 * @param work on a part; what it throws ends it, and the parts before are done
 */
export async function inParts<Item>(
  items: readonly Item[],
  what: string,
  work: (part: Item[]) => Promise<void>,
  { size, patience } = USUAL,
): Promise<void> {
  const notices = useNotices();
  const began = performance.now();
  let isEnded = false;
  let notice: number | null = null;
  try {
    for (let done = 0; done < items.length && !isEnded; done += size) {
      const spent = performance.now() - began;
      if (done > 0 && spent >= patience) {
        const left = roughDuration((spent / 1000 / done) * (items.length - done));
        const message = `${what}: ${whole(done)} of ${whole(items.length)}, ${left} left.`;
        if (notice !== null) notices.rewrite(notice, message);
        else notice = notices.show('busy', message, { label: 'Cancel', act: () => void (isEnded = true) });
      }
      await work(items.slice(done, done + size));
    }
  } finally {
    if (notice !== null) notices.close(notice);
  }
}
