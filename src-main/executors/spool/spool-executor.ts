import type { ExecutorDescription, ExecutorSite } from '../executor.ts';
import { spoolsOf } from './find-spool.ts';
import { type FleetDescription, fleetSettings } from './worker-fleet.ts';

/** An executor whose runs wait in a spool, on a disk that the workers of a fleet see: of this machine, or of a host. */
export function spoolExecutor<Settings>(fleet: FleetDescription<Settings>): ExecutorDescription {
  const { name, title, about, settings, examine, elsewhere } = fleet;
  return {
    ...{ name, title, about, settings, isElsewhere: true },
    ...(examine && {
      examine: async (home, said, isProbed = false) => {
        const asked = settings.parse(said);
        const there = elsewhere?.(asked);
        if (!there) return examine(home, asked, isProbed);
        const { examineHost } = await import('../ssh/examine-host.ts');
        return examineHost(home, there.at, { executor: name, settings: there.settings, isProbed });
      },
    }),
    open: async (site) => {
      const said = elsewhere && (site.settings ?? (await saidBefore(name, site)));
      const asked = said === undefined ? null : fleetSettings(fleet, said);
      const there = asked && elsewhere?.(asked);
      if (!there) return (await import('./open-spool.ts')).openSpool(fleet, site);
      const { openRelayed } = await import('../ssh/relayed-executor.ts');
      return openRelayed(site, {
        ...{ executor: name, settings: asked, there },
        plan: (request) => fleet.plan(request, { home: site.home, settings: asked }),
      });
    },
  };
}

/** What was said of a study whose runs are on a host; undefined where there is none. */
async function saidBefore(executor: string, { home, study }: ExecutorSite): Promise<unknown> {
  const found = await spoolsOf(home, study.store);
  const known = found.find((each) => each.at && each.study === study.name && each.executor === executor);
  return known?.settings;
}
