import { Callable, type Pickled } from './pickled.ts';

/** What a pickle may name and refer to. */
export interface PickleEnvironment {
  /** What a global such as `collections.OrderedDict` stands for here. Throws for every one that weights do not need. */
  readonly global: (name: string) => Pickled;
  /** What a persistent id stands for: a storage. */
  readonly persistent: (id: Pickled) => Pickled;
}

/** The reason why a pickle is not read, for a message that names the file. */
export class Refused extends Error {}

const MARK = Symbol('mark');
type Entry = Pickled | typeof MARK;

interface Machine {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly environment: PickleEnvironment;
  at: number;
  readonly stack: Entry[];
  readonly memo: Map<number, Pickled>;
}

/**
 * Reads one pickle (protocols 2 to 5; https://github.com/python/cpython/blob/main/Lib/pickletools.py) of plain data
 * and tensors. It is a machine for the operations that pickles of weights use; every other operation and every global
 * that the environment does not know is refused by its name, so nothing that the file says is ever run.
 *
 * @returns the value, and where the pickle ends
 * @throws Refused
 */
export function readPickle(
  bytes: Uint8Array,
  start: number,
  environment: PickleEnvironment,
): { readonly value: Pickled; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const machine: Machine = { bytes, view, environment, at: start, stack: [], memo: new Map() };
  for (;;) {
    const operation = take(machine, 1)[0] ?? 0;
    if (operation === STOP) return { value: pop(machine), end: machine.at };
    const run = OPERATIONS.get(operation);
    if (run === undefined) throw new Refused(refusedOperation(operation));
    run(machine);
  }
}

const STOP = 0x2e;

/** Operations by which a pickle makes objects of any kind, with their names in pickletools. */
const REFUSED: ReadonlyMap<number, string> = new Map([
  [0x69, 'INST'],
  [0x6f, 'OBJ'],
  [0x81, 'NEWOBJ'],
  [0x92, 'NEWOBJ_EX'],
  [0x82, 'EXT1'],
  [0x83, 'EXT2'],
  [0x84, 'EXT4'],
  [0x50, 'PERSID'],
  [0x97, 'NEXT_BUFFER'],
]);

function refusedOperation(operation: number): string {
  const name = REFUSED.get(operation) ?? `0x${operation.toString(16).padStart(2, '0')}`;
  return `it has the operation ${name}, which no file of weights needs`;
}

const OPERATIONS: ReadonlyMap<number, (machine: Machine) => void> = new Map([
  // PROTO, FRAME: nothing to do
  [0x80, (m) => void take(m, 1)],
  [0x95, (m) => void take(m, 8)],
  // constants
  [0x4e, (m) => push(m, null)],
  [0x88, (m) => push(m, true)],
  [0x89, (m) => push(m, false)],
  [0x4b, (m) => push(m, unsigned(m, 1))],
  [0x4d, (m) => push(m, unsigned(m, 2))],
  [0x4a, (m) => push(m, m.view.getInt32(advance(m, 4), true))],
  [0x8a, (m) => push(m, long(take(m, unsigned(m, 1))))],
  [0x8b, (m) => push(m, long(take(m, unsigned(m, 4))))],
  [0x47, (m) => push(m, m.view.getFloat64(advance(m, 8)))],
  [0x8c, (m) => push(m, text(take(m, unsigned(m, 1))))],
  [0x58, (m) => push(m, text(take(m, unsigned(m, 4))))],
  [0x8d, (m) => push(m, text(take(m, unsigned(m, 8))))],
  // strings of Python 2
  [0x55, (m) => push(m, text(take(m, unsigned(m, 1))))],
  [0x54, (m) => push(m, text(take(m, unsigned(m, 4))))],
  [0x43, (m) => push(m, take(m, unsigned(m, 1)))],
  [0x42, (m) => push(m, take(m, unsigned(m, 4)))],
  // collections
  [0x28, (m) => void m.stack.push(MARK)],
  [0x29, (m) => push(m, [])],
  [0x85, (m) => push(m, popped(m, 1))],
  [0x86, (m) => push(m, popped(m, 2))],
  [0x87, (m) => push(m, popped(m, 3))],
  [0x74, (m) => push(m, marked(m))],
  [0x5d, (m) => push(m, [])],
  [0x61, (m) => append(m, popped(m, 1))],
  [0x65, (m) => append(m, marked(m))],
  [0x7d, (m) => push(m, new Map())],
  [0x73, (m) => setItems(m, popped(m, 2))],
  [0x75, (m) => setItems(m, marked(m))],
  [0x8f, (m) => push(m, [])],
  [0x90, (m) => append(m, marked(m))],
  [0x30, (m) => void pop(m)],
  [0x31, (m) => void marked(m)],
  // the memo
  [0x71, (m) => void m.memo.set(unsigned(m, 1), top(m))],
  [0x72, (m) => void m.memo.set(unsigned(m, 4), top(m))],
  [0x94, (m) => void m.memo.set(m.memo.size, top(m))],
  [0x68, (m) => push(m, remembered(m, unsigned(m, 1)))],
  [0x6a, (m) => push(m, remembered(m, unsigned(m, 4)))],
  // names and calls
  [0x63, (m) => push(m, m.environment.global(`${line(m)}.${line(m)}`))],
  [0x93, stackGlobal],
  [0x52, reduce],
  [0x62, build],
  [0x51, (m) => push(m, m.environment.persistent(pop(m)))],
]);

/** Moves on by so many bytes. @returns where they begin */
function advance(machine: Machine, length: number): number {
  const start = machine.at;
  if (!(length <= machine.bytes.length - start)) throw new Refused('it is truncated');
  machine.at += length;
  return start;
}

function take(machine: Machine, length: number): Uint8Array {
  const start = advance(machine, length);
  return machine.bytes.subarray(start, start + length);
}

function unsigned(machine: Machine, size: 1 | 2 | 4 | 8): number {
  return take(machine, size).reduceRight((value, byte) => value * 256 + byte, 0);
}

/** A whole number in two's complement, least byte first. */
function long(bytes: Uint8Array): number {
  if (bytes.length > 8) throw new Refused(`it has a number of ${bytes.length} bytes`);
  const value = bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
  return ((bytes.at(-1) ?? 0) & 0x80) === 0 ? value : value - 256 ** bytes.length;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** The text up to the end of the line. */
function line(machine: Machine): string {
  const end = machine.bytes.indexOf(0x0a, machine.at);
  if (end < 0) throw new Refused('it is truncated');
  const content = text(take(machine, end - machine.at));
  machine.at += 1;
  return content;
}

function push(machine: Machine, value: Pickled): void {
  machine.stack.push(value);
}

function pop(machine: Machine): Pickled {
  return value(machine.stack.pop());
}

function top(machine: Machine): Pickled {
  return value(machine.stack.at(-1));
}

function value(entry: Entry | undefined): Pickled {
  if (entry === undefined || entry === MARK) throw new Refused('it takes a value that is not there');
  return entry;
}

function popped(machine: Machine, count: number): Pickled[] {
  return Array.from({ length: count }, () => pop(machine)).reverse();
}

/** Everything above the last mark. */
function marked(machine: Machine): Pickled[] {
  const place = machine.stack.lastIndexOf(MARK);
  if (place < 0) throw new Refused('it lacks a mark');
  const values = machine.stack.splice(place).slice(1);
  return values.map(value);
}

function remembered(machine: Machine, key: number): Pickled {
  const known = machine.memo.get(key);
  if (known === undefined) throw new Refused('it refers to a value that is not there');
  return known;
}

/** The collection on top grows in place, since the memo may hold it. */
function append(machine: Machine, values: readonly Pickled[]): void {
  const list = top(machine);
  if (!Array.isArray(list)) throw new Refused('it adds to what is not a list');
  for (const each of values) (list as Pickled[]).push(each);
}

function setItems(machine: Machine, values: readonly Pickled[]): void {
  const dictionary = top(machine);
  if (!(dictionary instanceof Map) || values.length % 2 !== 0)
    throw new Refused('it adds to what is not a dictionary');
  for (let at = 0; at < values.length; at += 2)
    (dictionary as Map<Pickled, Pickled>).set(values[at] ?? null, values[at + 1] ?? null);
}

function stackGlobal(machine: Machine): void {
  const [module, name] = popped(machine, 2);
  if (typeof module !== 'string' || typeof name !== 'string')
    throw new Refused('it names a global by no text');
  push(machine, machine.environment.global(`${module}.${name}`));
}

function reduce(machine: Machine): void {
  const [callable, parameters] = popped(machine, 2);
  if (!(callable instanceof Callable) || !Array.isArray(parameters))
    throw new Refused('it calls what is no function of tensors');
  push(machine, callable.call(parameters as readonly Pickled[]));
}

/** The attributes of an ordered dictionary (`_metadata`) say nothing of its weights; nothing else has any. */
function build(machine: Machine): void {
  pop(machine);
  const target = top(machine);
  if (!(target instanceof Map)) throw new Refused('it sets attributes of what is not a dictionary');
}
