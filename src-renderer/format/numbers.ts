const GROUPS = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

interface Unit {
  readonly unit: string;
  readonly size: number;
}

const COUNTS: readonly Unit[] = [
  { unit: 'G', size: 1e9 },
  { unit: 'M', size: 1e6 },
  { unit: 'k', size: 1e3 },
];
const BYTES: readonly Unit[] = [
  { unit: 'GB', size: 1e9 },
  { unit: 'MB', size: 1e6 },
  { unit: 'kB', size: 1e3 },
  { unit: 'B', size: 1 },
];

function scale(value: number, units: readonly Unit[]): Unit {
  return units.find(({ size }) => value >= size) ?? { unit: units === BYTES ? 'B' : '', size: 1 };
}

/** A whole number with commas, e.g. `1,248,424`. */
export function whole(value: number): string {
  return GROUPS.format(value);
}

/** A count in short, e.g. `735k`, `1.25M`, `860M`, `1.2G`. */
export function short(value: number): string {
  const { unit, size } = scale(value, COUNTS);
  const scaled = value / size;
  return `${scaled >= 100 || size === 1 ? Math.round(scaled) : Number(scaled.toPrecision(3))}${unit}`;
}

/** A share of one in percent, e.g. `81.2 %`; a dash for nothing. */
export function percent(share: number | null, digits = 1): string {
  return share === null ? '–' : `${(100 * share).toFixed(digits)} %`;
}

/** Bytes for people in decimal units, e.g. `4.8 MB`. */
export function bytes(value: number): string {
  const { unit, size } = scale(value, BYTES);
  const scaled = value / size;
  return `${scaled.toFixed(size === 1 || scaled >= 100 ? 0 : 1)} ${unit}`;
}

/** Bytes as megabytes and mebibytes, which differ by 5 % and are often confused: `4.99 MB (4.76 MiB)`. */
export function megabytes(value: number): string {
  return `${(value / 1e6).toFixed(2)} MB (${(value / 2 ** 20).toFixed(2)} MiB)`;
}

/** A difference with its sign, `+1,024` or `−1,024`; an empty word for none. */
export function signed(difference: number, text: (value: number) => string): string {
  if (difference === 0) return '';
  return `${difference > 0 ? '+' : '−'}${text(Math.abs(difference))}`;
}
