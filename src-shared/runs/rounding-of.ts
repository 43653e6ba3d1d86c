/** How products were rounded on an NVIDIA GPU, as the version of its engine says: `tf32` or `float32`; empty for any other. */
export function roundingOf(engineVersion: string | null): string {
  return /\+(tf32|float32)\b/.exec(engineVersion ?? '')?.[1] ?? '';
}
