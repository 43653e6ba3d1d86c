import { isScalar, Scalar } from 'yaml';

/** Whether a key is `<<`, which takes over the entries of another map; in quotation marks it is a name like others. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && (key.type === undefined || key.type === Scalar.PLAIN);
}
