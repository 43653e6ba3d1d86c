import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'node:test';

const usual = process.env['CXX'];

/** What compiles in no time, for what is only tried. */
export const UNOPTIMIZED = 'exec c++ "$@" -O0';

/** Chooses a compiler that is a shell script in this folder, until the end of the test; what it does with "$@" is given. */
export function useCompiler(folder: string, script: string): void {
  const file = join(folder, 'c++');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  process.env['CXX'] = file;
}

afterEach(() => {
  if (usual === undefined) delete process.env['CXX'];
  else process.env['CXX'] = usual;
});
