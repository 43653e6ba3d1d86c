import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { unzipSync, zipSync } from 'fflate';
import { importNetwork } from '../../../src-main/network-files/import-network.ts';
import { writeSafetensors } from '../../../src-main/checkpoints/safetensors.ts';
import { readNetworkFile } from '../../../src-main/network-files/read-network-file.ts';
import { type NetworkImport, networkImportSchema } from '../../../src-shared/networks/import-options.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';

const NARROW = join(import.meta.dirname, '../../fixtures/torch-networks');
const folder = mkdtempSync(join(tmpdir(), 'kindling-bad-networks-'));
after(() => rmSync(folder, { recursive: true }));

const FIELDS = { version: '1.1', baseE: 8, incrE: 8, sr: 0.5, stemFilters: 6 };
const WANTED: NetworkImport = networkImportSchema.parse({
  ...{ family: 'squeezenet', fields: FIELDS, input: [48, 48, 3] },
});

function refused(file: string, message: RegExp, options: Partial<NetworkImport> = {}): void {
  assert.throws(
    () => importNetwork(file, { ...WANTED, ...options }),
    (error) => {
      assert.ok(error instanceof Problem, String(error));
      assert.match(error.message, message);
      assert.ok(error.message.length < 2000, 'a short message');
      return true;
    },
  );
}

/** A file of `torch.save` with this pickle. */
function withPickle(pickle: Buffer, entries: Record<string, Uint8Array> = {}): string {
  const file = join(folder, 'pickle.pt');
  writeFileSync(file, zipSync({ 'archive/data.pkl': pickle, ...entries }, { level: 0 }));
  return file;
}

const bytes = (...parts: readonly (string | number)[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part, 'latin1'))),
  );
const PROTOCOL = '\x80\x02';
/** BINUNICODE */
const text = (value: string): string => `X${String.fromCharCode(value.length)}\0\0\0${value}`;
/** BININT1 and BININT */
const small = (value: number): string => `K${String.fromCharCode(value)}`;
const STORAGE = `(${text('storage')}ctorch\nFloatStorage\n${text('0')}${text('cpu')}${small(4)}tQ`;
const tensor = (rest: string): string => `ctorch._utils\n_rebuild_tensor_v2\n(${STORAGE}${rest}tR`;
const state = (value: string): Buffer => bytes(`${PROTOCOL}}${text('a.weight')}${value}s.`);

const touched = join(folder, 'touched');
const HOSTILE: readonly (readonly [title: string, pickle: Buffer, message: RegExp])[] = [
  [
    'that runs a command',
    bytes(`${PROTOCOL}cos\nsystem\n${text(`touch ${touched}`)}\x85R.`),
    /names "os\.system".*Nothing of it was run/,
  ],
  [
    'that runs a command among its weights',
    state(`cposix\nsystem\n${text(`touch ${touched}`)}\x85R`),
    /names "posix\.system"/,
  ],
  [
    'that names a command by STACK_GLOBAL',
    bytes(`\x80\x04\x8c\x02os\x8c\x06system\x93${text(`touch ${touched}`)}\x85R.`),
    /names "os\.system"/,
  ],
  ['that evaluates code', bytes(`${PROTOCOL}c__builtin__\neval\n${text('1')}\x85R.`), /"__builtin__\.eval"/],
  ['with an extension code', bytes(`${PROTOCOL}\x82\x01.`), /operation EXT1/],
  ['that makes an object by INST', bytes(`(${text('x')}ios\nsystem\n.`), /operation INST/],
  [
    'that makes an object by NEWOBJ',
    bytes(`${PROTOCOL}ccollections\nOrderedDict\n)\x81.`),
    /operation NEWOBJ/,
  ],
  ['that calls a dictionary', bytes(`${PROTOCOL}})R.`), /calls what is no function/],
  [
    'that sets attributes of a tensor',
    state(`${tensor(`${small(0)}${small(4)}\x85${small(1)}\x85`)}}b`),
    /sets attributes/,
  ],
  ['with a whole model', bytes(`${PROTOCOL}ctorchvision.models\nSqueezeNet\n)R.`), /state_dict\(\)/],
  ['that ends in a text', bytes(`${PROTOCOL}X\xff\xff\xff\x7fabc`), /truncated/],
  ['with a text of 2^63 bytes', bytes(`\x80\x04\x8d\xff\xff\xff\xff\xff\xff\xff\x7f`), /truncated/],
  ['that refers to nothing', bytes(`${PROTOCOL}h\x07.`), /refers to a value that is not there/],
  ['of an empty stack', bytes(`${PROTOCOL}R.`), /takes a value that is not there/],
  ['without weights', bytes(`${PROTOCOL}}${text('epoch')}${small(3)}s.`), /no weights by name/],
  [
    'with a tensor of 2^60 values',
    state(tensor(`${small(0)}J\xff\xff\xff\x7fJ\xff\xff\xff\x7f\x86${small(0)}${small(0)}\x86`)),
    /shape \[2147483647, 2147483647\] in a storage of 4 values/,
  ],
  [
    'with a tensor beyond its storage',
    state(tensor(`${small(2)}${small(4)}\x85${small(1)}\x85`)),
    /in a storage of 4 values/,
  ],
  [
    'without the values of a tensor',
    state(tensor(`${small(0)}${small(4)}\x85${small(1)}\x85`)),
    /storage "0" is truncated or missing/,
  ],
];

for (const [title, pickle, message] of HOSTILE)
  test(`a pickle ${title} is refused by name, and nothing is run`, () => {
    refused(withPickle(pickle), message);
    assert.ok(!existsSync(touched));
  });

test('a pickle that doubles a list in its memo a thousand times is as short to read as to write', () => {
  const doubling = `${PROTOCOL}]${Array.from({ length: 1000 }, () => 'q\0h\0h\0\x86').join('')}.`;
  refused(withPickle(bytes(doubling)), /no weights by name/);
});

test('a compressed entry is refused before it is unpacked', () => {
  const file = join(folder, 'compressed.pt');
  writeFileSync(file, zipSync({ 'archive/data.pkl': new Uint8Array(1_000_000) }, { level: 9 }));
  refused(file, /data\.pkl is compressed/);
});

for (const name of ['squeezenet.pt', 'shufflenet.pth', 'mobilenet.safetensors', 'squeezenet-graph.onnx'])
  test(`${name} is refused wherever it is cut off`, () => {
    const whole = readFileSync(join(NARROW, name));
    for (const share of [0.01, 0.2, 0.5, 0.9, 0.999]) {
      const file = join(folder, name);
      writeFileSync(file, whole.subarray(0, Math.floor(share * whole.length)));
      refused(file, new RegExp(name.replace('.', '\\.')));
    }
  });

test('a pickle of another program is refused before it is read', () => {
  const file = join(folder, 'other.pt');
  writeFileSync(file, bytes(`${PROTOCOL}cos\nsystem\n${text(`touch ${touched}`)}\x85R.`));
  refused(file, /a pickle that torch\.save did not write/);
  assert.ok(!existsSync(touched));
  writeFileSync(file, 'hello');
  refused(file, /torch\.save did not write it/);
  writeFileSync(file, '');
  refused(file, /other\.pt is empty/);
});

test('what is no network is refused with the formats that are read', () => {
  const file = join(folder, 'notes.txt');
  writeFileSync(file, 'no network');
  refused(file, /no file of a network.*ONNX \(\.onnx\).*PyTorch \(\.pt, \.pth\).*safetensors/);
  refused(join(folder, 'absent.pt'), /absent\.pt cannot be read: there is no such file\.$/);
  refused(folder, /cannot be read: it is a folder\.$/);
});

const SQUEEZENET = join(NARROW, 'squeezenet.pt');

test('another number of classes is named with the file’s', () => {
  refused(SQUEEZENET, /network of 4 classes, not 10: classifier\.1 is \[1, 1, 32, 4\], conv10/, {
    fields: { ...FIELDS, classes: 10 },
  });
});

test('another network is told by what differs from the nearest, few layers by name', () => {
  refused(SQUEEZENET, /is no mobilenet-v1[^]*not in the file: conv1 .* and \d+ more/, {
    family: 'mobilenet-v1',
    fields: {},
  });
  refused(SQUEEZENET, /not in the file: fire2\/squeeze \[1, 1, 6, 3\]/, {
    fields: { ...FIELDS, sr: [0.375, ...Array.from({ length: 7 }, () => 0.5)] },
  });
});

test('a layer too many is named', () => {
  refused(SQUEEZENET, /only in the file: .*features\.\d+\.expand3x3/, {
    fields: { ...FIELDS, pct3x3: [0, ...Array.from({ length: 7 }, () => 0.5)] },
  });
});

test('a layer too many behind the classifier is named, and not another number of classes', () => {
  const file = join(folder, 'longer.safetensors');
  const { tensors } = readNetworkFile(SQUEEZENET);
  const extra = { name: 'classifier.4.weight', shape: [6, 4], values: new Float32Array(24).fill(0.5) };
  writeSafetensors(file, [...tensors, extra], {});
  for (const family of ['squeezenet', null])
    refused(file, /only in the file: classifier\.4 \[1, 1, 4, 6\]\n/, { family });
});

test('weights that are not finite are refused by name', () => {
  const file = join(folder, 'nan.onnx');
  const whole = readFileSync(join(NARROW, 'squeezenet-graph.onnx'));
  // the first values of the first weight, behind the name of its field
  const { tensors } = readNetworkFile(join(NARROW, 'squeezenet-graph.onnx'));
  const values = tensors[0]?.values.subarray(0, 4) ?? new Float32Array();
  const at = whole.indexOf(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  assert.ok(at > 0);
  whole.writeFloatLE(NaN, at + 4);
  writeFileSync(file, whole);
  refused(file, new RegExp(`nan\\.onnx has values in ${tensors[0]?.name} that are not finite`));
});

test('a family or field that is not there is told as in a study file', () => {
  refused(SQUEEZENET, /there is no family "squeezenot"; did you mean squeezenet/, { family: 'squeezenot' });
  refused(SQUEEZENET, /squeezenet has no field of that name; did you mean sr/, { fields: { ssr: 1 } });
});

test('a file that sorts its layers by names which do not tell their order is refused', () => {
  const file = join(folder, 'unordered.safetensors');
  const header = JSON.stringify({
    'alpha.weight': { dtype: 'F32', shape: [1, 1, 1, 1], data_offsets: [0, 4] },
    'beta.weight': { dtype: 'F32', shape: [1, 1, 1, 1], data_offsets: [4, 8] },
  });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  writeFileSync(file, Buffer.concat([length, Buffer.from(header), Buffer.alloc(8)]));
  refused(file, /does not say in which order.*alpha.*beta|does not say in which order.*beta.*alpha/);
});

test('a preprocessing that does not fit is refused', () => {
  refused(SQUEEZENET, /need 3 values/, { preprocessing: { mean: [0.5] } });
  refused(SQUEEZENET, /short side of 40 is less than/, { preprocessing: { shortSide: 40 } });
});

test('classes that are not as many as the outputs, or stand there twice, are refused', () => {
  const classes = join(folder, 'classes.txt');
  writeFileSync(classes, 'cat\ndog\n');
  refused(SQUEEZENET, /classes\.txt has 2 classes, but the network 4/, { classes });
  writeFileSync(classes, 'cat\ndog\ncat\nbird\n');
  refused(SQUEEZENET, /line 3: the class cat stands there twice/, { classes });
});

test('a Keras model that is cut off, compressed, without order or made of other layers is refused with the reason', () => {
  const written = (name: string, content: Uint8Array): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const squeezenet = readFileSync(join(NARROW, 'squeezenet.h5'));
  for (const length of [20, 3000, 60_000])
    refused(
      written('cut.h5', squeezenet.subarray(0, length)),
      /cut\.h5 is no Keras model.*truncated or damaged/,
    );
  refused(join(NARROW, 'squeezenet.weights.h5'), /without the order of their layers: save the whole model/);

  const mobilenet = readFileSync(join(NARROW, 'mobilenet-keras.keras'));
  refused(written('cut.keras', mobilenet.subarray(0, 5000)), /cut\.keras is no file of weights.*no zip/);
  const parts = unzipSync(mobilenet);
  const config = Buffer.from(parts['config.json'] ?? []).toString();
  const withConfig = (text: string, level: 0 | 6 = 0): string =>
    written('changed.keras', zipSync({ ...parts, 'config.json': Buffer.from(text) }, { level }));
  refused(withConfig(config, 6), /its part config\.json is compressed/);
  refused(withConfig('{"config":{}}'), /does not describe the layers/);
  refused(
    withConfig(config.replaceAll('DepthwiseConv2D', 'LocallyConnected2D')),
    /class LocallyConnected2D, which no network/,
  );
  refused(
    withConfig(config.replaceAll('"conv_preds"', '"head"')),
    /does not name the layers of the weights conv_preds/,
  );
});
