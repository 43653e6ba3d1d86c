import { existsSync } from 'node:fs';

/** Files that NVIDIA's driver has on Linux, and on Windows below it; to ask nvidia-smi takes a second. */
const DRIVER_FILES = ['/proc/driver/nvidia/version', '/usr/lib/wsl/lib/nvidia-smi'];

/** Whether this machine has an NVIDIA GPU with a driver. */
function hasCard(): boolean {
  return DRIVER_FILES.some((file) => existsSync(file));
}

/** How an engine is installed on this machine at the first. */
export function firstSource(onCard = hasCard(), platform: NodeJS.Platform = process.platform): string {
  if (onCard) return 'gpu';
  return platform === 'linux' ? 'cpu' : 'webgpu';
}

/** What is typed to install an engine on this machine: on Windows and macOS one that needs neither Python nor a compiler. */
export function installCommand(onCard = hasCard(), platform: NodeJS.Platform = process.platform): string {
  return `kindling engine install ${firstSource(onCard, platform)}`;
}

/** The same as a sentence, with the other choices. */
export function installHint(onCard = hasCard(), platform: NodeJS.Platform = process.platform): string {
  const command = installCommand(onCard, platform);
  if (onCard)
    return `Run \`${command}\` for the NVIDIA GPU of this machine, or \`kindling engine install cpu\`.`;
  return platform === 'linux'
    ? `Run \`${command}\` (or \`gpu\` with an NVIDIA GPU, \`webgpu\` with another).`
    : `Run \`${command}\` for the GPU of this machine, or \`kindling engine install cpu\`, which needs Python and a C++ compiler.`;
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
