import os from 'node:os';
import path from 'node:path';

/** Where Node keeps the compiled code of modules; the place that `enableCompileCache` takes, too. */
export function compiledCode(): string {
  return path.join(os.tmpdir(), 'node-compile-cache');
}
