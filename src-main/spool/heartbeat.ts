import { open, writeFile } from 'node:fs/promises';
import { readIfThere } from './spool-files.ts';
import type { AttemptPlace } from './spool-places.ts';
import type { Rhythm } from './spool-study.ts';

/** Digits of a beat: one replaces the other in the same bytes, which a full disk has room for. */
const DIGITS = 16;

/** Gives the next sign of life. @throws an error of the file system */
export async function beat({ beat: file }: AttemptPlace, count: number): Promise<void> {
  const text = String(count).padStart(DIGITS, '0');
  if (count === 0) return writeFile(file, text);
  const handle = await open(file, 'r+');
  try {
    await handle.write(text, 0);
  } finally {
    await handle.close();
  }
}

interface Seen {
  readonly beat: string;
  /** By the clock of the one who looks. */
  readonly since: number;
}

/**
 * Tells whose signs of life have stopped, by the clock of the one who looks: no two machines need to have the same time. What is
 * looked at for the first time is alive. Of a pause of the one who looks only as much counts as it usually takes.
 */
export class HeartbeatWatch {
  readonly #expiry: number;
  readonly #longestStep: number;
  readonly #clock: () => number;
  readonly #seen = new Map<string, Seen>();
  #awake = 0;
  #lookedAt: number | null = null;

  /** @param clock milliseconds that only rise */
  constructor({ beatSeconds, expirySeconds }: Rhythm, clock: () => number = () => performance.now()) {
    this.#expiry = expirySeconds * 1000;
    this.#longestStep = 2 * beatSeconds * 1000;
    this.#clock = clock;
  }

  /** Whether an attempt has given no sign of life for so long as it has been looked at. */
  async isExpired(attempt: AttemptPlace): Promise<boolean> {
    const now = this.#tick();
    const beat = (await readIfThere(attempt.beat)) ?? '';
    const known = this.#seen.get(attempt.folder);
    if (known?.beat !== beat) this.#seen.set(attempt.folder, { beat, since: now });
    return known?.beat === beat && now - known.since > this.#expiry;
  }

  #tick(): number {
    const now = this.#clock();
    this.#awake += Math.min(this.#longestStep, now - (this.#lookedAt ?? now));
    this.#lookedAt = now;
    return this.#awake;
  }
}
