type Environment = Readonly<Record<string, string | undefined>>;

/** The variable by which TensorFlow has XLA compile the steps that it replays (1). */
export const XLA = 'KINDLING_XLA';

/** TensorFlow's own. */
export const XLA_FLAGS = 'TF_XLA_FLAGS';

/** Has XLA compile all of a graph that it can, on a CPU as well. Who has set TensorFlow's variable has decided. */
export function xlaEnvironment(environment: Environment): Record<string, string> {
  if (environment[XLA] !== '1' || environment[XLA_FLAGS] !== undefined) return {};
  return { [XLA_FLAGS]: '--tf_xla_auto_jit=2 --tf_xla_cpu_global_jit' };
}

/** `+xla` where TensorFlow gives its graphs to XLA, which rounds otherwise. @param environment of the process */
export function xlaVersion(environment: Environment): string {
  return /tf_xla_auto_jit=(?:[12]|fusible)/.test(environment[XLA_FLAGS] ?? '') ? '+xla' : '';
}
