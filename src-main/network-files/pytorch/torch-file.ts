import { unzipSync } from 'fflate';
import { floatValues, VALUE_BYTES } from '../../checkpoints/float-values.ts';
import type { NamedTensor } from '../../checkpoints/safetensors.ts';
import { type PickleEnvironment, readPickle, Refused } from './pickle-machine.ts';
import { type Pickled, type Storage, tensorValues } from './pickled.ts';
import { namedViews } from './state-dictionary.ts';
import { TORCH_ENVIRONMENT, valueTypeOf } from './torch-environment.ts';

const NOT_COMPRESSED = 0;

/**
 * The weights of a file of `torch.save`: a zip with a pickle (`data.pkl`) and a file for each storage.
 * @throws Refused
 */
export function readTorchFile(bytes: Uint8Array): NamedTensor[] {
  const entries = zipEntries(bytes);
  const pickle = Object.keys(entries).find((name) => name.endsWith('/data.pkl'));
  const content = pickle === undefined ? undefined : entries[pickle];
  if (pickle === undefined || content === undefined)
    throw new Refused('it is a zip without data.pkl, so PyTorch did not write it');
  const folder = pickle.slice(0, -'data.pkl'.length);
  const order = entries[`${folder}byteorder`];
  if (order !== undefined && Buffer.from(order).toString() !== 'little')
    throw new Refused('its values have the most significant byte first');
  return tensorsOf(
    readPickle(content, 0, TORCH_ENVIRONMENT).value,
    ({ key }) => entries[`${folder}data/${key}`],
  );
}

/** `torch.save` stores everything as it is, so a compressed entry is no part of such a file, nor can it explode. */
function zipEntries(bytes: Uint8Array): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(bytes, {
      filter: ({ name, compression }) => {
        if (compression !== NOT_COMPRESSED) throw new Refused(`its part ${name} is compressed`);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused('it is truncated or no zip', { cause: error });
  }
}

const MAGIC = 0x1950a86a20f9469cfc6cn;

/** Whether a file begins as `torch.save` wrote before version 1.6: with a pickled number of ten bytes. */
export function isLegacyTorchFile(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 14));
  return head.length === 14 && head.subarray(2, 4).equals(Buffer.from([0x8a, 10])) && magicOf(head) === MAGIC;
}

function magicOf(head: Buffer): bigint {
  return head.subarray(4).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

/** PROTO 2, LONG1 of ten bytes, STOP. */
const MAGIC_BYTES = 15;
const SIZE_BYTES = 8;

/**
 * The weights of a file that `torch.save` wrote before version 1.6: pickles of a magic number, the version, the
 * machine, the value, and the keys of its storages; then each storage, its size before it.
 * @throws Refused
 */
export function readLegacyTorchFile(bytes: Uint8Array): NamedTensor[] {
  const known = new Map<string, Storage>();
  const environment: PickleEnvironment = {
    ...TORCH_ENVIRONMENT,
    persistent: (id) => {
      const storage = TORCH_ENVIRONMENT.persistent(id) as Storage;
      known.set(storage.key, storage);
      return storage;
    },
  };
  const version = readPickle(bytes, MAGIC_BYTES, environment);
  const machine = readPickle(bytes, version.end, environment);
  if (!(machine.value instanceof Map) || machine.value.get('little_endian') !== true)
    throw new Refused('its values have the most significant byte first');
  const { value, end } = readPickle(bytes, machine.end, environment);
  const keys = readPickle(bytes, end, environment);
  const contents = new Map<string, Uint8Array>();
  let at = keys.end;
  for (const key of Array.isArray(keys.value) ? (keys.value as readonly Pickled[]) : []) {
    const storage = typeof key === 'string' ? known.get(key) : undefined;
    if (storage === undefined) throw new Refused('it has a storage that no tensor uses');
    const length = storage.size * VALUE_BYTES[valueTypeOf(storage)];
    contents.set(storage.key, bytes.subarray(at + SIZE_BYTES, at + SIZE_BYTES + length));
    at += SIZE_BYTES + length;
  }
  return tensorsOf(value, ({ key }) => contents.get(key));
}

/** @param contentOf the bytes of a storage, if the file has it */
function tensorsOf(value: Pickled, contentOf: (storage: Storage) => Uint8Array | undefined): NamedTensor[] {
  const read = new Map<string, Float32Array>();
  const valuesOf = (storage: Storage): Float32Array => {
    const known = read.get(storage.key);
    if (known !== undefined) return known;
    const content = contentOf(storage);
    const type = valueTypeOf(storage);
    if (content === undefined || content.length !== storage.size * VALUE_BYTES[type])
      throw new Refused(`its storage ${JSON.stringify(storage.key)} is truncated or missing`);
    const values = floatValues(type, content);
    read.set(storage.key, values);
    return values;
  };
  return namedViews(value).map(([name, view]) => tensorValues(view, name, valuesOf(view.storage)));
}
