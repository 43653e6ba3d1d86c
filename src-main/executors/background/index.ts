import { z } from 'zod';
import { spoolExecutor } from '../spool/spool-executor.ts';
import { defineFleet } from '../spool/worker-fleet.ts';
import { planProcesses } from './plan.ts';

export const background = spoolExecutor(
  defineFleet({
    name: 'background',
    about: 'processes of this machine that go on without Kindling',
    settings: z.strictObject({}),
    rhythm: { beatSeconds: 1, expirySeconds: 20 },
    plan: planProcesses,
    open: async (site) => (await import('./open.ts')).openProcesses(site),
  }),
);
