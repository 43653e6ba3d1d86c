import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { killGroup } from './kill-group.ts';

/**
 * Reads which groups begin (`+ 42`) and end (`- 42`). When its input closes, because this process has ended in whatever
 * way, it kills those that are left. A shell, as it must cost next to nothing.
 */
const GUARD = `
trap '' HUP INT TERM
groups=' '
while read -r sign group; do
  case $sign in
    +) groups="$groups$group " ;;
    -) case $groups in *" $group "*) groups="\${groups%% $group *} \${groups#* $group }" ;; esac ;;
  esac
done
for group in $groups; do kill -9 "-$group"; done
`;

const living = new Set<number>();
let guard: ChildProcess | null = null;
let isWatching = false;

/**
 * Sees to it that a process that leads a group of its own ends with this one, and so does all that it has started: when
 * this one ends in order, by an error, or by `kill -9`, of which only another process can learn. (On Windows only the
 * first two.)
 *
 * @returns to be called when that process has ended
 */
export function guardGroup(pid: number): () => void {
  if (!isWatching) {
    isWatching = true;
    process.once('exit', () => living.forEach(killGroup));
  }
  living.add(pid);
  if (guard) tell('+', pid);
  else if (process.platform !== 'win32') {
    guard = startGuard();
    for (const each of living) tell('+', each);
  }
  return () => {
    living.delete(pid);
    tell('-', pid);
  };
}

function tell(sign: '+' | '-', pid: number): void {
  guard?.stdin?.write(`${sign} ${pid}\n`);
}

/** In a session of its own, which neither Ctrl-C nor the end of a terminal reaches. */
function startGuard(): ChildProcess {
  const started = spawn('/bin/sh', ['-c', GUARD, 'kindling-guard'], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // the next group gets another guard
  const forget = (): void => {
    if (guard === started) guard = null;
  };
  started.on('error', forget);
  started.on('exit', forget);
  started.stdin.on('error', forget);
  started.unref();
  if (started.stdin instanceof Socket) started.stdin.unref();
  return started;
}
