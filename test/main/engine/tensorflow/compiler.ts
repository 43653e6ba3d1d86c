import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'node:test';

const usual = process.env['CXX'];

/** Objects by what they were compiled of, for the next test that compiles the same: the kernels take 10 s, however unoptimized. */
const OBJECTS = join(import.meta.dirname, '../../../../node_modules/.cache/kindling-objects');

/**
 * What compiles in less time, for what is only tried: unoptimized, once for the same text, flags and compiler, and, as a compiler
 * that knows no further instruction set, only the portable ones of the kernels. The linker is GNU's faster one where it is there:
 * TensorFlow's library is 1 GB, whose symbols the usual one reads for seconds.
 */
export const QUICK = `case "$*" in *-mavx512f*|*-mavx2*) echo "unrecognized option" >&2; exit 1; esac
for object; do :; done
case " $* " in *" -c "*" -o $object ")
  c++ "$@" -E -P || exit
  known="${OBJECTS}/$({ c++ --version; printf '%s\\n' "$@" | grep '^-[^I]'; cat "$object"; } | cksum | tr ' ' -)"
  cp "$known" "$object" 2>/dev/null && exit
  c++ "$@" -O0 && mkdir -p "${OBJECTS}" && cp "$object" "$known.$$" && mv "$known.$$" "$known"
  exit
esac
command -v ld.gold >/dev/null && set -- "$@" -fuse-ld=gold
exec c++ "$@" -O0`;

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
