import { Problem } from '../../src-shared/contract/problem.ts';

/** True for the errors by which a file system says that it has no room left (ENOSPC) or a quota is spent. */
export function isDiskFull(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** The error as a `disk-full` problem that names the folder, if it is one; otherwise the error itself. */
export function withDiskFull(error: unknown, folder: string): unknown {
  if (!isDiskFull(error)) return error;
  return new Problem(
    'disk-full',
    `no room left on the disk of ${folder}; nothing was kept. Free some space, or set KINDLING_HOME to another disk.`,
    { cause: error },
  );
}
