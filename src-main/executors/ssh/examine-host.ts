import type { Check } from '../../../src-shared/contract/api/settings.ts';
import { orList } from '../../../src-shared/lists.ts';
import { kindlingVersion } from '../../kindling-version.ts';
import { datasetsHere } from '../relay/datasets-here.ts';
import { HostUnreachable } from './host-unreachable.ts';
import { connectRelay, type RelayConnection } from './relay-connection.ts';
import type { AskParameters } from './relay-protocol.ts';
import type { SshHost } from './ssh-host.ts';

/**
 * What is there for studies that are trained from a host, and what is missing, in the order in which it is needed. Never rejects.
 * @param home of this machine
 */
export async function examineHost(
  home: string,
  at: SshHost,
  asked: AskParameters<'examine'>,
): Promise<Check[]> {
  let relay: RelayConnection;
  try {
    relay = await connectRelay(at);
  } catch (error) {
    return [unreachable(at, error)];
  }
  try {
    const reached = `${at.host} is reached by ssh; Kindling ${kindlingVersion()} there, as here, with the home ${relay.home}`;
    const checks = (await relay.ask('examine', asked)).map((check) => commandFromHere(check, at, asked));
    const data = checkData(at, datasetsHere(home), await relay.ask('datasets', {}));
    return [{ name: 'Host', state: 'ok', message: reached, remedy: null }, ...checks, data];
  } catch (error) {
    return [unreachable(at, error)];
  } finally {
    relay.close();
  }
}

/** What the host says to type is typed here. */
function commandFromHere(check: Check, { host }: SshHost, { executor }: AskParameters<'examine'>): Check {
  const there = `kindling doctor --executor ${executor}`;
  return { ...check, message: check.message.replaceAll(there, `${there} --host ${host}`) };
}

function unreachable({ host }: SshHost, error: unknown): Check {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof HostUnreachable))
    return { name: 'Host', state: 'missing', message, remedy: `see what \`ssh ${host}\` says` };
  return { name: 'Host', state: 'missing', message: error.what, remedy: error.remedy };
}

type Data = ReturnType<typeof datasetsHere>;

/** Which data set a study has is not known here: those of this machine are looked for, by their content. */
function checkData({ host }: SshHost, here: Data, there: Data): Check {
  const hashes = new Set(there.map(({ hash }) => hash));
  const absent = here.filter(({ hash }) => !hashes.has(hash)).map(({ name }) => name);
  const names = there.map(({ name }) => name).join(', ');
  if (absent.length === 0) return { name: 'Data', state: 'ok', message: `${names} on ${host}`, remedy: null };
  return {
    ...{ name: 'Data', state: 'warning' },
    message: `${names} on ${host}; of this machine ${absent.join(', ')} ${absent.length === 1 ? 'is' : 'are'} not there, so that no study of ${orList(absent)} can be trained there`,
    remedy: `on ${host}: \`kindling dataset add NAME\`, from the same files with the same options`,
  };
}
