import { enableCompileCache } from 'node:module';

// Before any other module is loaded, so that all of them come from the cache.
enableCompileCache();

const { kindlingHome } = await import('../home.ts');
const { keepPrivate } = await import('../files/umask.ts');
keepPrivate(kindlingHome());

const { calledCommand, createProgram } = await import('./program.ts');
const { exitStatus } = await import('./exit-status.ts');
const { goesOnUnheard, wasInterrupted } = await import('./interrupt.ts');
const { isDiskFull } = await import('../files/disk-full.ts');

// A reader that stops early (`kindling run list | head`) is no error, a full disk under the output is one. Work that can be stopped goes on
// without either: Ctrl-C ends `tee` at once, while a study is stopping in order; and a worker loses lines of its log, but not its run.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    const isFull = isDiskFull(error);
    if (error.code !== 'EPIPE' && !isFull) throw error;
    if (goesOnUnheard()) return;
    if (isFull && stream === process.stdout)
      console.error('kindling: no space is left on the disk to which this command prints.');
    // it may end before the status of what was stopped is set
    process.exit(isFull ? 1 : wasInterrupted() ? 130 : undefined);
  });
}

// Whoever started this process over a channel (scripts/launch.mjs) has died: nobody would ever stop it.
if (process.channel) {
  process.once('disconnect', () => process.exit(137));
  process.channel.unref();
}

try {
  await (await createProgram(calledCommand(process.argv.slice(2)))).parseAsync();
} catch (error) {
  process.exitCode = exitStatus(error);
}
