/**
 * The CUDA wheels that a TensorFlow wheel asks for: the `Requires-Dist` lines of its METADATA with
 * `extra == "and-cuda"` (PEP 566, PEP 508), as requirements for pip, e.g. `nvidia-cudnn-cu12<10.0,>=9.3.0.75`.
 */
export function cudaRequirements(metadata: string): string[] {
  return metadata
    .split(/\r?\n/)
    .filter((line) => line.startsWith('Requires-Dist:') && /extra\s*==\s*["']and-cuda["']/.test(line))
    .map((line) => line.slice('Requires-Dist:'.length).split(';')[0] ?? '')
    .map((requirement) => requirement.replace(/[()\s]/g, ''))
    .filter((requirement) => requirement.startsWith('nvidia-'));
}
