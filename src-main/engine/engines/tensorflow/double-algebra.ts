import type { DoubleAlgebra } from '../../double-algebra.ts';
import type { Binding, OpAttribute } from './binding.ts';

/** TF_DOUBLE of TensorFlow's C API, which the binding does not name. */
const TF_DOUBLE = 2;

/** The algebra of a binding; null on a GPU, whose kernels are slow at it. */
export function doubleAlgebraOf(binding: Binding): DoubleAlgebra | null {
  if (binding.isUsingGpuDevice()) return null;
  return {
    principalAxes: (values, rows, columns) =>
      withTape(binding, (tape) => {
        const [squares, directions] = tape.eigen(centredProducts(tape, values, rows, columns), true);
        return { variances: perRow(tape.read(squares), rows), directions: tape.readSingle(directions) };
      }),
    principalVariances: (values, rows, columns) =>
      withTape(binding, (tape) => {
        const [squares] = tape.eigen(centredProducts(tape, values, rows, columns), false);
        return perRow(tape.read(squares), rows);
      }),
  };
}

function perRow(sums: Float64Array, rows: number): Float64Array {
  return sums.map((sum) => sum / rows);
}

/** X'X of the columns less their means. */
function centredProducts(tape: Tape, values: Float32Array, rows: number, columns: number): number {
  const x = tape.create([rows, columns], values);
  const means = tape.mean(x);
  const centred = tape.subtract(x, means);
  return tape.multiply(centred, centred, true);
}

/** Gives back all tensors that were made in between. */
function withTape<Result>(binding: Binding, use: (tape: Tape) => Result): Result {
  const tape = new Tape(binding);
  try {
    return use(tape);
  } finally {
    tape.dispose();
  }
}

/** Ops on the binding's own tensors of 64 bits, by their numbers, since TensorFlow.js has no such tensors. */
class Tape {
  readonly #binding: Binding;
  readonly #double: OpAttribute;
  readonly #made: number[] = [];

  constructor(binding: Binding) {
    this.#binding = binding;
    this.#double = this.#type('T', TF_DOUBLE);
  }

  create(shape: number[], values: Float32Array): number {
    const { TF_FLOAT } = this.#binding;
    return this.#cast(this.#keep(this.#binding.createTensor(shape, TF_FLOAT, values)), TF_FLOAT, TF_DOUBLE);
  }

  /** [1, columns] over the rows. */
  mean(x: number): number {
    const { TF_INT32 } = this.#binding;
    const axis = this.#keep(this.#binding.createTensor([1], TF_INT32, Int32Array.of(0)));
    return this.#one(
      'Mean',
      [this.#double, this.#type('Tidx', TF_INT32), this.#flag('keep_dims', true)],
      [x, axis],
    );
  }

  subtract(a: number, b: number): number {
    return this.#one('Sub', [this.#double], [a, b]);
  }

  multiply(a: number, b: number, transposed = false): number {
    const attributes = [
      this.#double,
      this.#flag('transpose_a', transposed),
      this.#flag('transpose_b', false),
    ];
    return this.#one('MatMul', attributes, [a, b]);
  }

  /** Values of a symmetric matrix, ascending, and its vectors in columns, which are empty if not asked for. */
  eigen(symmetric: number, vectors: boolean): [values: number, vectors: number] {
    const attributes = [this.#double, this.#flag('compute_v', vectors)];
    const [values, columns] = this.#run('SelfAdjointEigV2', attributes, [symmetric], 2);
    if (values === undefined || columns === undefined) throw new Error('SelfAdjointEigV2');
    return [values, columns];
  }

  /** Handed over in two 32-bit parts, and right to 48 bits. */
  read(id: number): Float64Array {
    const { TF_FLOAT } = this.#binding;
    const high = this.#cast(id, TF_DOUBLE, TF_FLOAT);
    const low = this.readSingle(this.subtract(id, this.#cast(high, TF_FLOAT, TF_DOUBLE)));
    return Float64Array.from(this.#binding.tensorDataSync(high), (value, at) => value + (low[at] as number));
  }

  /** In 32 bits. */
  readSingle(id: number): Float32Array {
    return this.#binding.tensorDataSync(this.#cast(id, TF_DOUBLE, this.#binding.TF_FLOAT)) as Float32Array;
  }

  dispose(): void {
    for (const id of this.#made) this.#binding.deleteTensor(id);
  }

  #run(name: string, attributes: OpAttribute[], inputs: number[], outputs: number): number[] {
    return this.#binding.executeOp(name, attributes, inputs, outputs).map(({ id }) => this.#keep(id));
  }

  #one(name: string, attributes: OpAttribute[], inputs: number[]): number {
    const [output] = this.#run(name, attributes, inputs, 1);
    if (output === undefined) throw new Error(`${name} has no output`);
    return output;
  }

  #cast(id: number, from: number, to: number): number {
    const attributes = [this.#type('SrcT', from), this.#type('DstT', to), this.#flag('Truncate', false)];
    return this.#one('Cast', attributes, [id]);
  }

  #type(name: string, value: number): OpAttribute {
    return { name, type: this.#binding.TF_ATTR_TYPE, value };
  }

  #flag(name: string, value: boolean): OpAttribute {
    return { name, type: this.#binding.TF_ATTR_BOOL, value };
  }

  #keep(id: number): number {
    this.#made.push(id);
    return id;
  }
}
