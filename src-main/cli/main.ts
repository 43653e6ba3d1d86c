import { enableCompileCache } from 'node:module';

// Before any other module is loaded, so that all of them come from the cache.
enableCompileCache();

const { kindlingHome } = await import('../home.ts');
const { keepPrivate } = await import('../files/umask.ts');
keepPrivate(kindlingHome());

const { createProgram } = await import('./program.ts');
const { exitStatus } = await import('./exit-status.ts');
const { isInterruptible } = await import('./interrupt.ts');

// A reader that stops early (`kindling run list | head`) is no error. Work that can be stopped goes on without
// one: Ctrl-C ends `tee` at once, while a study is stopping in order.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (!isInterruptible()) process.exit();
  });
}

// Whoever started this process over a channel (scripts/launch.mjs) has died: nobody would ever stop it.
if (process.channel) {
  process.once('disconnect', () => process.exit(137));
  process.channel.unref();
}

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = exitStatus(error);
}
