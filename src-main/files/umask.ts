import { statSync } from 'node:fs';

/** That of the shell that started this process; null before `keepPrivate`. */
let usersUmask: number | null = null;

/**
 * Makes what this process and its children write private, unless the user has opened the home to others: as much is taken
 * away as the home's own permissions keep from them, and all where there is no home yet. To be called once, where a program
 * starts. Windows has no such permissions.
 */
export function keepPrivate(home: string): void {
  const mode = statSync(home, { throwIfNoEntry: false })?.mode ?? 0o700;
  usersUmask = process.umask(0o077);
  process.umask(usersUmask | (~mode & 0o077));
}

/** Writes, or starts, what the user asked for outside of the home: with the permissions that their own programs would give. */
export function withUsersUmask<T>(action: () => T): T {
  if (usersUmask === null) return action();
  const ours = process.umask(usersUmask);
  try {
    return action();
  } finally {
    process.umask(ours);
  }
}
