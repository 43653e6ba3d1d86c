import { settingsSchema } from '../../src-shared/contract/api/settings.ts';
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
      const said = Object.entries(changes).filter(([, value]) => value !== undefined);
      const settings = settingsSchema.parse({ ...readSettings(home).settings, ...Object.fromEntries(said) });
      writeSettings(home, settings);
      return settings;
    },
  };
}
