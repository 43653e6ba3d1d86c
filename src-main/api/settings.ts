import type { Handlers } from './handlers.ts';
import type { Host } from './host.ts';
import { readSettings, writeSettings } from './settings-file.ts';

/** The requests about the settings of a home; what of their file cannot be read is said in the log. */
export function settingsHandlers({
  home,
}: Pick<Host, 'home'>): Pick<Handlers, 'settings.get' | 'settings.set'> {
  return {
    'settings.get': () => {
      const { settings, damage } = readSettings(home);
      if (damage !== null) console.error(`kindling: ${damage}`);
      return settings;
    },
    'settings.set': (changes) => {
      const before = readSettings(home).settings;
      const settings = {
        theme: changes.theme ?? before.theme,
        jobs: changes.jobs === undefined ? before.jobs : changes.jobs,
        resumeSeconds: changes.resumeSeconds ?? before.resumeSeconds,
      };
      writeSettings(home, settings);
      return settings;
    },
  };
}
