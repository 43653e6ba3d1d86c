import { existsSync } from 'node:fs';

/** Files that NVIDIA's driver has on Linux, and on Windows below it; to ask nvidia-smi takes a second. */
const DRIVER_FILES = ['/proc/driver/nvidia/version', '/usr/lib/wsl/lib/nvidia-smi'];

/** Whether this machine has an NVIDIA GPU with a driver. */
function hasCard(): boolean {
  return DRIVER_FILES.some((file) => existsSync(file));
}

/** What is typed to install an engine on this machine. */
export function installCommand(onCard = hasCard()): string {
  return `kindling engine install ${onCard ? 'gpu' : 'cpu'}`;
}

/** The same as a sentence, with the other choice. */
export function installHint(onCard = hasCard()): string {
  return onCard
    ? `Run \`${installCommand(true)}\` for the NVIDIA GPU of this machine, or \`${installCommand(false)}\`.`
    : `Run \`${installCommand(false)}\` (or \`gpu\` with an NVIDIA GPU).`;
}

/** An engine's name and where its library came from. */
interface Installed {
  readonly name: string;
  readonly source: string;
}

/** What is typed to install an engine again as it was: `tensorflow-gpu` is what `engine install gpu` makes. */
export function reinstallCommand({ name, source }: Installed): string {
  return name === 'custom'
    ? `kindling engine use ${source}`
    : `kindling engine install ${name.slice(name.lastIndexOf('-') + 1)}`;
}
