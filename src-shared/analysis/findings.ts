/** Which findings are wanted; all that there are, as far as nothing is said. */
export interface WantedFindings {
  /** Of these methods, `probe`, or measures, `probe/cross-entropy`. */
  readonly findings?: readonly string[] | undefined;
  /** About the layer of this name, alone or in a pair; null for the whole network. */
  readonly layer?: string | null | undefined;
  /** Also of checkpoints before the end of the training, which are left out else. */
  readonly overTraining?: boolean | undefined;
}

/** The name of a measure among those of all methods: `probe/cross-entropy`. */
export function measureKey(method: string, measure: string): string {
  return `${method}/${measure}`;
}

/** The method in the name of a measure, or of a method. */
export function methodOf(key: string): string {
  return key.split('/', 1)[0] ?? key;
}
