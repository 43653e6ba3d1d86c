/** The part of jsfive that we use; it comes without types. */
declare module 'jsfive' {
  export class Group {
    readonly keys: readonly string[];
    readonly attrs: Readonly<Record<string, unknown>>;
    /** Undefined for a path that leads nowhere. */
    get(path: string): Group | Dataset | undefined;
  }
  export class Dataset {
    readonly shape: readonly number[];
    /** As NumPy calls it: `<f4`. */
    readonly dtype: unknown;
    /** Row-major. */
    readonly value: ArrayLike<number>;
  }
  export class File extends Group {
    constructor(content: ArrayBuffer, name: string);
  }
}
