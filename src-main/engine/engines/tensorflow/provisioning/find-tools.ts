import { firstLine } from '../../../../work/first-line.ts';
import { findCompiler } from './compile-binding.ts';
import { hasPrebuilt } from './prebuilt.ts';

/** The C++ compiler that an installation would take, with its version; that none is needed where all came with the package. @throws Problem `engine-missing` with what to install */
export async function compilerVersion(): Promise<string> {
  if (hasPrebuilt()) return 'none is needed: the binding came with the package';
  const name = await findCompiler();
  return (await firstLine(name, ['--version'])) ?? name;
}
