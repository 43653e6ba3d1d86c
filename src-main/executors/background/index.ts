import { z } from 'zod';
import { selectedEngine } from '../../engine/installations/installation.ts';
import { enginePlanner } from '../engine-planner.ts';
import { spoolExecutor } from '../spool/spool-executor.ts';
import { defineFleet } from '../spool/worker-fleet.ts';

export const background = spoolExecutor(
  defineFleet({
    name: 'background',
    title: 'the background',
    about: 'processes of this machine that go on without Kindling',
    settings: z.strictObject({}),
    rhythm: { beatSeconds: 1, expirySeconds: 20 },
    // as many workers as there would be trainers; an open fleet knows its cards
    plan: (request, { home }) => enginePlanner(selectedEngine(home), [])(request),
    open: async (site) => (await import('./open.ts')).openProcesses(site),
  }),
);
