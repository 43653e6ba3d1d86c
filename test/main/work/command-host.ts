/**
 * A host that runs a program of others with a child of its own, says the numbers of both, and is to be killed by a test.
 */
import { runCommand } from '../../../src-main/work/run-command.ts';

const onLine = (line: string): void => console.log(line);
await runCommand('sh', ['-c', 'sleep 600 & echo $!; echo $$; wait'], { onLine });
