import { Problem } from '../../../../src-shared/mistakes/problem.ts';
import { pollQuietly } from './quiet-polling.ts';

/** A device of this machine's graphics system: Vulkan, Metal or Direct3D 12. */
export interface OpenDevice {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
  /** Without the backend's own, e.g. `NVIDIA H200`. */
  readonly name: string;
  /** It computes on the CPU. */
  readonly isSoftware: boolean;
  /**
   * Called whenever something has been read: the device tells of what it could not do (for want of memory, or as it is not allowed) beside its
   * results, and goes on as if nothing were.
   * @throws Error if it has since the last call; nothing that it computed is worth anything
   */
  readonly requireSound: () => void;
}

/** The device has as much of these as it can, where WebGPU gives every program the same little. */
const LIMITS = [
  'maxBufferSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
] as const;

/** WebGPU's name of what tells when a pass begins and ends. */
export const TIMES = 'timestamp-query';

/** Dawn cuts times to multiples of 65,536 ns, so that a page in a browser learns little by them, unless it is told not to. */
const EXACT_TIMES = 'disable-dawn-features=timestamp_quantization';

/**
 * Opens the fastest device that Dawn, Chromium's WebGPU, finds on this machine, and puts WebGPU's names where the
 * backend of TensorFlow.js looks for them, as in a browser. Once in the life of a process, which ends if it
 * loses the device.
 *
 * @param timesPrograms whether it is to tell the times of its programs, where it can
 * @throws Problem `engine-invalid` if Dawn cannot be loaded, or there is no device
 */
export async function openDevice(timesPrograms = false): Promise<OpenDevice> {
  const gpu = await loadDawn(timesPrograms ? [EXACT_TIMES] : []);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new Problem('engine-invalid', noDevice());
  const device = await adapter.requestDevice({
    requiredFeatures: timesPrograms && adapter.features.has(TIMES) ? [TIMES] : [],
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
  // a process gets no other: who started it starts the next, in which the run goes on
  void device.lost.then(({ message }) => {
    console.error(`The GPU was lost: ${message}`);
    process.exit(1);
  });
  const { info } = adapter;
  const requireSound = soundness(device);
  return { device, info, name: nameOf(info), isSoftware: info.isFallbackAdapter, requireSound };
}

/** As engines name their devices, e.g. `GPU:0 NVIDIA H200`. */
export function deviceText({ isSoftware, name }: Pick<OpenDevice, 'isSoftware' | 'name'>): string {
  return `${isSoftware ? 'CPU' : 'GPU'}:0 ${name}`;
}

function soundness(device: GPUDevice): OpenDevice['requireSound'] {
  const errors: GPUError[] = [];
  device.addEventListener('uncapturederror', ({ error }) => void errors.push(error));
  return () => {
    const [first] = errors.splice(0);
    if (first === undefined) return;
    const what = first instanceof GPUOutOfMemoryError ? 'ran out of memory' : 'could not do what it was told';
    throw new Error(`The GPU ${what}: ${first.message}`);
  };
}

async function loadDawn(options: string[]): Promise<GPU> {
  try {
    const { create, globals } = await import('webgpu');
    Object.assign(globalThis, globals);
    pollQuietly();
    const gpu = create(options);
    Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
    return gpu;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem('engine-invalid', `WebGPU cannot be loaded: ${reason}`, { cause: error });
  }
}

function nameOf({ description, vendor, architecture }: GPUAdapterInfo): string {
  return description || [vendor, architecture].filter(Boolean).join(' ') || 'unknown device';
}

/** What to do where there is none. */
function noDevice(): string {
  const remedy =
    process.platform === 'linux'
      ? 'It needs a Vulkan driver of the GPU and its loader (Debian, Ubuntu: `apt-get install libvulkan1 vulkan-tools`); `vulkaninfo --summary` lists what there is.'
      : 'Update the driver of the GPU.';
  return `WebGPU finds no device on this machine. ${remedy}`;
}
