import { setTimeout as wait } from 'node:timers/promises';

/** What a network file system answers where its server is late, was restarted, or another machine has changed the file. */
const LATE = new Set(['ESTALE', 'EIO', 'EAGAIN', 'ETIMEDOUT', 'EREMOTEIO', 'ENETDOWN', 'EHOSTDOWN']);

/** Seconds until a server that does not answer counts as gone. */
const PATIENCE_SECONDS = 120;

/**
 * Does something to files of a shared disk, again and again while its server is late.
 * @throws what the action throws otherwise, and the last of its errors where the server stays away
 */
export async function patiently<T>(action: () => Promise<T>, seconds: number = PATIENCE_SECONDS): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (let pause = 50; ; pause = Math.min(2 * pause, 5000)) {
    try {
      return await action();
    } catch (error) {
      if (!LATE.has(codeOf(error) ?? '') || performance.now() + pause > end) throw error;
    }
    await wait(pause);
  }
}

export function codeOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
}

/** What the action gives, done patiently; null where there is no such file. */
export async function unlessMissing<T>(action: () => Promise<T>): Promise<T | null> {
  try {
    return await patiently(action);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return null;
    throw error;
  }
}
