import type { EngineInstallation } from '../../../installations/installation.ts';

/** What is typed to install an engine again as it was: `tensorflow-gpu` is what `engine install gpu` makes. */
export function reinstallCommand({ name, source }: Pick<EngineInstallation, 'name' | 'source'>): string {
  return name === 'custom'
    ? `kindling engine use ${source}`
    : `kindling engine install ${name.replace(/^tensorflow-/, '')}`;
}
