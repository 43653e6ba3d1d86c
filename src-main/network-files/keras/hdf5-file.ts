import { Dataset, File, Group } from 'jsfive';
import { z } from 'zod';
import type { NamedTensor } from '../../checkpoints/safetensors.ts';

/** Why a Keras file is not read, in a clause that follows its name and "is no Keras model that can be read". */
export class Unreadable extends Error {}

/** As every HDF5 file begins. */
const MAGIC = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

export function isHdf5(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, place) => bytes[place] === byte);
}

/** @throws RangeError or Error of the library for a file that is cut off or damaged */
export function openHdf5(bytes: Uint8Array): File {
  return new File(bytes.slice().buffer, 'weights');
}

/** @throws Unreadable where there is none */
export function groupAt(parent: Group, path: string): Group {
  const found = parent.get(path);
  if (found instanceof Group) return found;
  throw new Unreadable(`it has no group ${path}`);
}

const namesSchema = z.array(z.string());

/** An attribute that lists names, in their order. @throws Unreadable where it does not */
export function namesIn({ attrs }: Group, attribute: string): string[] {
  const parsed = namesSchema.safeParse(attrs[attribute]);
  if (parsed.success) return parsed.data;
  throw new Unreadable(`its attribute ${attribute} is no list of names`);
}

/** Values of 16, 32 or 64 bits; the file's order of bytes is the library's affair. */
const FLOATS = /^[<>]f[248]$/;

/** @throws Unreadable for what is no array of floating-point numbers, or lacks some of them */
export function tensorAt(parent: Group, path: string, name: string): NamedTensor {
  const found = parent.get(path);
  if (!(found instanceof Dataset)) throw new Unreadable(`it has no array ${path}`);
  const { shape, dtype } = found;
  if (typeof dtype !== 'string' || !FLOATS.test(dtype))
    throw new Unreadable(
      `${path} has values of the type ${JSON.stringify(dtype)}, not floating-point numbers`,
    );
  const values = Float32Array.from(found.value);
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (values.length !== count)
    throw new Unreadable(`${path} has ${values.length} values, not those of [${shape.join(', ')}]`);
  return { name, shape: [...shape], values };
}
