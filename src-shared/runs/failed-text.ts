/** Of runs of which `failed` failed, the `diverged` among them: `1 failed, 2 diverged`; empty where none did. */
export function failedText({
  failed,
  diverged,
}: {
  readonly failed: number;
  readonly diverged: number;
}): string {
  const others = failed - diverged;
  return [others > 0 ? `${others} failed` : '', diverged > 0 ? `${diverged} diverged` : '']
    .filter((part) => part !== '')
    .join(', ');
}
