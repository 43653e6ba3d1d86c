import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { firstLine } from '../../../../work/first-line.ts';
import { findCompiler } from './compile-binding.ts';
import { hasPrebuilt } from './prebuilt.ts';

/** The C++ compiler that an installation would take, with its version; that none is needed where all came with the package. @throws Problem `engine-missing` with what to install */
export async function compilerVersion(): Promise<string> {
  if (hasPrebuilt()) return 'none is needed: the binding came with the package';
  const name = await findCompiler();
  return (await firstLine(name, ['--version'])) ?? name;
}

/** Python with pip, which downloads wheels. @throws Problem `engine-missing` with what to install */
export async function pythonVersion(): Promise<string> {
  const version = await firstLine('python3', ['--version']);
  const pip = version === null ? null : await firstLine('python3', ['-m', 'pip', '--version']);
  if (version !== null && pip !== null) return `${version}, ${pip.replace(/ from .*/, '')}`;
  const found = version === null ? 'not found' : `${version} without pip`;
  throw new Problem('engine-missing', `Python: ${found}; apt-get install python3 python3-pip`);
}
