import type { TensorInfo } from '@tensorflow/tfjs';
import type { Pieces } from '../pieces.ts';

/** A tensor as a kernel knows it. */
export interface Named {
  readonly name: string;
  readonly info: TensorInfo;
  readonly isOutput: boolean;
}

/** Memory that a kernel reads or writes. */
export interface Binding {
  readonly holder: TensorInfo;
  /** Its name in the kernel's code. */
  readonly name: string;
  readonly isWritten: boolean;
  /** Tensors that are in it, with the numbers of their first values; none where it is one tensor by itself. */
  readonly pieces: readonly { readonly name: string; readonly at: number }[];
}

/** A device may not be given memory twice where something is written to it: what lies in the same shares a binding. */
export function bindingsOf(tensors: readonly Named[], pieces: Pieces): Binding[] {
  const shared = Map.groupBy(tensors, ({ info }) => (pieces.placeOf(info)?.whole ?? info).dataId);
  return [...shared.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const place = pieces.placeOf(first.info);
    const isWhole = group.length === 1 && place === null;
    return [
      {
        holder: place?.whole ?? first.info,
        name: isWhole ? first.name : `${first.name}Whole`,
        isWritten: group.some(({ isOutput }) => isOutput),
        pieces: isWhole ? [] : group.map(({ name, info }) => ({ name, at: pieces.placeOf(info)?.at ?? 0 })),
      },
    ];
  });
}

/** Of a kernel, by name. */
interface Numbers {
  readonly sizes: Readonly<Record<string, number>>;
  readonly numbers?: Readonly<Record<string, number>>;
}

/** The numbers of a kernel and where its pieces begin. */
export function numbersWith(
  { sizes, numbers = {} }: Numbers,
  bindings: readonly Binding[],
): Required<Numbers> {
  const pieces = bindings.flatMap((binding) => binding.pieces);
  const beginnings = pieces.map(({ name, at }) => [beginning(name), at] as const);
  return { sizes: { ...sizes, ...Object.fromEntries(beginnings) }, numbers };
}

/** What is written of a piece, `x[i]`, is its place in the whole. */
export function codeOf(code: string, numbers: Required<Numbers>, bindings: readonly Binding[]): string {
  const pieces = bindings.flatMap((binding) =>
    binding.pieces.map(({ name }) => ({ name, whole: binding.name })),
  );
  const placed = pieces.reduce(
    (written, { name, whole }) =>
      written.replaceAll(new RegExp(`\\b${name}\\[`, 'g'), `${whole}[u.${beginning(name)} + `),
    code,
  );
  return `${declarations(numbers, bindings)}\n${placed}`;
}

function beginning(piece: string): string {
  return `${piece}Begins`;
}

function declarations({ sizes, numbers }: Required<Numbers>, bindings: readonly Binding[]): string {
  const numbered = [
    ...Object.keys(sizes).map((name) => `${name}: u32`),
    ...Object.keys(numbers).map((name) => `${name}: f32`),
  ];
  return [
    `struct Numbers { ${numbered.join(', ')} }`,
    '@group(0) @binding(0) var<uniform> u: Numbers;',
    ...bindings.map(({ holder, name, isWritten }, place) => {
      const access = isWritten ? 'read_write' : 'read';
      const type = holder.dtype === 'int32' ? 'i32' : 'f32';
      return `@group(0) @binding(${place + 1}) var<storage, ${access}> ${name}: array<${type}>;`;
    }),
  ].join('\n');
}
