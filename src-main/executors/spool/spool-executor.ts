import type { ExecutorDescription } from '../executor.ts';
import type { FleetDescription } from './worker-fleet.ts';

/** An executor whose runs wait in a spool, on a disk that it shares with the workers of a fleet. */
export function spoolExecutor<Settings>(fleet: FleetDescription<Settings>): ExecutorDescription {
  const { name, title, about, settings, examine } = fleet;
  return {
    ...{ name, title, about, settings, isElsewhere: true },
    ...(examine && { examine: (home, said) => examine(home, settings.parse(said)) }),
    open: async (site) => (await import('./open-spool.ts')).openSpool(fleet, site),
  };
}
