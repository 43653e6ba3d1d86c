import { existsSync } from 'node:fs';
import { type Offer, Problem, type ProblemCode } from '../../../src-shared/mistakes/problem.ts';

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

/** What is typed to install an engine on this machine, as a sentence with the other choices: on Windows and macOS one that needs neither Python nor a compiler. */
export function installHint(onCard = hasCard(), platform: NodeJS.Platform = process.platform): string {
  const { command } = installing(firstSource(onCard, platform));
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

/** How an engine is installed: what is typed, and what a page offers in its place. */
export interface Installing {
  readonly command: string;
  readonly offer: Offer;
}

/** By one of the sources, e.g. `cpu`. */
export function installing(source: string): Installing {
  return {
    command: `kindling engine install ${source}`,
    offer: { action: 'install-engine', subject: source },
  };
}

/** An engine again as it was: `tensorflow-gpu` is what `engine install gpu` makes. */
export function reinstalling({ name, source }: Installed): Installing {
  return name === 'custom'
    ? { command: `kindling engine use ${source}`, offer: { action: 'install-engine', subject: 'use' } }
    : installing(name.slice(name.lastIndexOf('-') + 1));
}

/**
 * A failure that the installation of an engine mends.
 * @param what what is wrong and what to do, before the command and without a full stop
 * @param rest sentences after it, each with a blank or a line's end before it
 */
export function mendedByInstalling(
  code: ProblemCode,
  what: string,
  { command, offer }: Installing,
  { rest = '', cause }: { readonly rest?: string; readonly cause?: unknown } = {},
): Problem {
  return new Problem(code, `${what}: \`${command}\`.${rest}`, { cause, fact: `${what}.${rest}`, offer });
}
