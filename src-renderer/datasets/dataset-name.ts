/** A name for a data set from that of a file or folder: what a data set may be called. */
export function datasetName(file: string): string {
  const stem = file.replace(/\.(tar(\.\w+)?|tgz|tzst|gz|zst)$/i, '');
  return stem
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .replace(/-+$/, '')
    .slice(0, 64);
}
