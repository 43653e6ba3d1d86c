/** What is told of: operations of a CPU, kernels and copies of a GPU, or programs of WebGPU, which run one after the other. */
export type Unit = 'operations' | 'kernels and copies' | 'programs';

/** An operation that a CPU computed, a kernel or copy that a GPU did, or a program of WebGPU. */
export interface TracedWork {
  /**
   * Of the operation: `Conv2D`; of a copy: `MemcpyH2D`; of a kernel that belongs to no operation: its own name; of a program of WebGPU its
   * label.
   */
  readonly kind: string;
  /** Microseconds; null where the device tells no times. */
  readonly time: {
    /** Of a clock that all work of a run shares. */
    readonly start: number;
    /** TensorFlow gives those of a GPU as whole ones, cut down. */
    readonly duration: number;
  } | null;
}

/** What a step did. */
export interface TracedRun {
  readonly unit: Unit;
  readonly work: readonly TracedWork[];
}

/** Kinds of engines that tell what their steps do. */
const TRACED_ENGINES = ['tensorflow', 'webgpu'] as const;

export type TracedKind = (typeof TRACED_ENGINES)[number];

export function isTraced(kind: string): kind is TracedKind {
  return TRACED_ENGINES.some((traced) => traced === kind);
}
