import { existsSync } from 'node:fs';
import type { Check } from '../../../src-shared/contract/api/settings.ts';
import { spoolPlaces } from '../../spool/spool-places.ts';
import { executorNamed } from '../registry.ts';
import { visitHere } from '../spool/visit-spool.ts';
import { datasetsHere } from './datasets-here.ts';
import { RelayedStudy } from './relayed-study.ts';
import { type RelayAnswers, type RelayPort, serveRelay } from './serve-relay.ts';

export interface RelayOptions extends RelayPort {
  readonly home: string;
  /** Whether it has an engine that computes. */
  readonly examineEngine: () => Promise<readonly Check[]>;
}

/**
 * Follows a spool on this machine for an application elsewhere, which has started this process over `ssh`, and answers what it asks. When that
 * is gone, the runs go on without it.
 */
export async function runRelay({ home, examineEngine, ...port }: RelayOptions): Promise<void> {
  let study: RelayedStudy | null = null;
  const opened = (): RelayedStudy => {
    if (study === null) throw new Error('no spool has been opened');
    return study;
  };
  const answers: RelayAnswers = {
    examine: async ({ executor, settings, isProbed }) => [
      ...(await examineEngine()),
      ...((await executorNamed(executor).examine?.(home, settings, isProbed)) ?? []),
    ],
    datasets: () => Promise.resolve(datasetsHere(home)),
    open: async (asked) => {
      study = await RelayedStudy.open(home, asked, (workers) => relay.say({ type: 'workers', workers }));
      return study.spool;
    },
    seat: (asked) => opened().seat(asked),
    want: (asked) => opened().want(asked),
    put: async ({ run, file, offset, bytes }) => {
      await opened().arriving.put(run, file, offset, bytes);
      return null;
    },
    work: (asked, control) => opened().work(asked, control),
    fetch: async ({ run, file, offset }, { tell, hasRoom }) => {
      for await (const piece of opened().leaving.pieces(run, file, offset)) {
        tell({ bytes: new Uint8Array(piece) });
        await hasRoom();
      }
      return null;
    },
    brought: ({ run }) => {
      opened().leaving.noteBrought(run);
      return Promise.resolve(null);
    },
    recorded: (asked) => opened().recorded(asked),
    kill: (asked) => opened().kill(asked),
    leave: (asked) => opened().leave(asked),
    runs: async ({ spool }) => [...(await visitHere(home, spool).runs())],
    submitted: ({ spool }) => visitHere(home, spool).submitted(),
    stop: async ({ spool, run }) => {
      await visitHere(home, spool).stop(run);
      return null;
    },
    drop: async ({ spool, run, isComplete }) => {
      await visitHere(home, spool).drop(run, isComplete);
      return null;
    },
    'remove if empty': async ({ spool }) => {
      await visitHere(home, spool).removeIfEmpty();
      return !existsSync(spoolPlaces.study(spool));
    },
  };
  const relay = serveRelay(port, home, answers);
  await relay.gone;
  await (study as RelayedStudy | null)?.leaveBehind();
}
