/**
 * The order of layers as their names tell it, for files that list them in another (safetensors sorts them). Names are
 * compared at the first part in which they differ, by its number and, among parts of other words, by this list: words
 * that stand beside each other in PyTorch's networks, in the order in which those have them. Words of one row follow each
 * other by number, `conv2` behind `bn1`.
 */
const WORDS: readonly (readonly string[])[] = [
  ['stem', 'conv_stem', 'first_conv', 'init_block'],
  ['squeeze'],
  ['expand1x1'],
  ['expand3x3'],
  ['conv', 'gconv', 'dwconv', 'bn', 'norm', 'conv_dw', 'conv_pw', 'branch_main_'],
  ['features', 'layer', 'stage', 'blocks'],
  ['conv_head'],
  ['classifier', 'fc', 'linear', 'head', 'output'],
];

/** Numbers of words that have none: timm's blocks are `conv_dw`, `bn1`, `conv_pw`, `bn2`. */
const NUMBERS: Readonly<Record<string, number>> = { conv_dw: 1, conv_pw: 2 };

const NORMS = new Set(['bn', 'norm']);

/** Negative where `one` comes before `other`, positive where behind it, null where the names do not tell. */
export function compareNames(one: string, other: string): number | null {
  const [parts, others] = [one.split(/[./]/), other.split(/[./]/)];
  const place = parts.findIndex((part, index) => part !== others[index]);
  const [part, otherPart] = [parts[place], others[place]];
  if (part === undefined || otherPart === undefined) return parts.length - others.length;
  const [key, otherKey] = [partKey(part), partKey(otherPart)];
  if (key.word === otherKey.word) return key.number - otherKey.number;
  if (key.row < 0 || otherKey.row < 0) return null;
  return key.row - otherKey.row || key.number - otherKey.number || key.norm - otherKey.norm || null;
}

function partKey(part: string) {
  const [, word = '', digits = ''] = /^(.*?)(\d*)$/.exec(part) ?? [];
  const whole = WORDS.findIndex((row) => row.includes(part));
  const row = whole >= 0 ? whole : WORDS.findIndex((each) => each.includes(word));
  const known = whole >= 0 ? part : word;
  return {
    word: known,
    row,
    number: NUMBERS[known] ?? (whole >= 0 || digits === '' ? 0 : Number(digits)),
    norm: Number(NORMS.has(known)),
  };
}
