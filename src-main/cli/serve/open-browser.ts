import { spawn } from 'node:child_process';
import { withUsersUmask } from '../../files/umask.ts';

const PROGRAMS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  // `start` is the shell's, which would read the & of an address as its own
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * Opens an address in the user's browser, which goes on when this program ends.
 * @returns whether there was a program for it; what that program does is not known
 */
export function openBrowser(url: string): Promise<boolean> {
  const [program, ...parameters] = PROGRAMS[process.platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = withUsersUmask(() =>
      spawn(program, [...parameters, url], { detached: true, stdio: 'ignore' }),
    );
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
