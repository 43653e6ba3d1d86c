/** What uses libvips now, and the one of it that must be alone. */
const going = new Set<Promise<unknown>>();
let alone: Promise<unknown> | null = null;

/**
 * Does something with libvips, which has one text of errors for all that uses it at the same time: what it says of a
 * picture may be lost, or be of another one. What fails is therefore done once more while nothing else is, and fails with
 * its own error then. Everything whose error counts, and everything beside it, must go through here.
 */
export async function withOwnError<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await amongOthers(work);
  } catch {
    while (alone !== null) await alone;
    const again = Promise.allSettled(going).then(work);
    const end = (): void => {
      alone = null;
    };
    alone = again.then(end, end);
    return await again;
  }
}

/** The same for what may fail with any error. */
export async function amongOthers<Result>(work: () => Promise<Result>): Promise<Result> {
  while (alone !== null) await alone;
  const result = work();
  going.add(result);
  try {
    return await result;
  } finally {
    going.delete(result);
  }
}
