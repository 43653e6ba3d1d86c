import { defineExecutor } from '../executor.ts';

export const localProcesses = defineExecutor({
  name: 'local-processes',
  about: 'processes of this machine',
  open: async (site) => (await import('./open.ts')).openLocalProcesses(site),
});
