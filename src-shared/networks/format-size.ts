/** Decimal megabytes, 10^6 bytes, e.g. `4.99 MB`. The literature mixes both units, so both are shown. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

/** Binary mebibytes, 2^20 bytes, e.g. `4.76 MiB`. */
export function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(2)} MiB`;
}
