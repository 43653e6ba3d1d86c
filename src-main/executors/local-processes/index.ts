import { localSettingsSchema } from '../../../src-shared/studies/local-settings.ts';
import { defineExecutor } from '../executor.ts';

export const localProcesses = defineExecutor({
  name: 'local-processes',
  title: 'this machine',
  about: 'processes of this machine',
  settings: localSettingsSchema,
  open: async (site) => (await import('./open.ts')).openLocalProcesses(site),
});
