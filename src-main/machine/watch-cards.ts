import type { CardSample } from '../../src-shared/machine/machine-sample.ts';
import type { CommandResult } from '../work/run-command.ts';
import { askNvidiaSmi } from './nvidia-smi.ts';
import { CARD_FIELDS, readCards } from './read-cards.ts';

/** Milliseconds between two looks at the cards, and so many times what a look took, as some drivers need a second for it: half a percent of a core at most. */
const EVERY_MS = 4000;
const TIMES_ITS_OWN = 200;
/** Looks in a row that fail, after which there are no cards to look at. */
const MOST_FAILURES = 3;

export interface WatchedCards {
  /** As they were seen last; empty where nvidia-smi is missing, has failed, or has not answered yet. */
  now(): readonly CardSample[];
  stop(): void;
}

type Ask = (signal: AbortSignal) => Promise<CommandResult>;

const askDriver: Ask = (signal) => askNvidiaSmi(CARD_FIELDS, signal);

/** Looks at NVIDIA's cards now and then, one look after the other. */
export function watchCards(ask: Ask = askDriver, everyMs: number = EVERY_MS): WatchedCards {
  const stopped = new AbortController();
  let seen: readonly CardSample[] = [];
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const began = performance.now();
    try {
      const { status, stdout } = await ask(stopped.signal);
      seen = status === 0 ? readCards(stdout) : [];
    } catch {
      // the program is missing, or this is the end
      seen = [];
    }
    failures = seen.length > 0 ? 0 : failures + 1;
    if (stopped.signal.aborted || failures >= MOST_FAILURES) return;
    const took = performance.now() - began;
    timer = setTimeout(() => void look(), Math.max(everyMs, TIMES_ITS_OWN * took)).unref();
  };
  void look();
  return {
    now: () => seen,
    stop: () => {
      clearTimeout(timer);
      stopped.abort();
    },
  };
}
