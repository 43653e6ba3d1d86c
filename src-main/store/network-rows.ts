import type Database from 'better-sqlite3';
import type { TrashedNetwork } from '../../src-shared/contract/api/networks.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { NetworkDescription } from '../../src-shared/networks/families.ts';
import type { Shape } from '../../src-shared/networks/layer.ts';
import { NETWORK_NAME, type NetworkRecord } from '../../src-shared/networks/network-record.ts';
import { preprocessingSchema } from '../../src-shared/networks/preprocessing.ts';
import { newRunId } from './run-id.ts';
import type { NetworkStore } from './store.ts';

interface NetworkRow {
  name: string;
  title: string;
  source_json: string;
  network_json: string;
  input_json: string;
  classes_json: string;
  wordnet_json: string | null;
  preprocessing_json: string;
  file: string;
  bytes: number;
  sha256: string;
  created_at: number;
  set_at: number | null;
  trashed_at: number | null;
}

/** Networks that were trained elsewhere. */
export function networkRows(database: Database.Database): NetworkStore {
  const inTransaction = <T>(action: () => T): T => database.transaction(action).immediate();
  const networks = (): NetworkRecord[] =>
    database
      .prepare<[], NetworkRow>('SELECT * FROM networks WHERE trashed_at IS NULL ORDER BY id')
      .all()
      .map(toNetwork);
  const findNetwork = (wanted: string): NetworkRecord | null => {
    const row = database
      .prepare<[string, string, string], NetworkRow>(
        'SELECT * FROM networks WHERE trashed_at IS NULL AND (name = ? OR title = ?) ORDER BY name <> ? LIMIT 1',
      )
      .get(wanted, wanted, wanted);
    return row ? toNetwork(row) : null;
  };
  const network = (wanted: string): NetworkRecord => findNetwork(wanted) ?? refuseUnknown(wanted, networks());
  return {
    beginNetwork: (name) =>
      inTransaction(() => {
        refuseName(name, findNetwork(name));
        const id = newRunId();
        database.prepare('INSERT INTO removals (run) VALUES (?)').run(id);
        return id;
      }),
    addNetwork: (added) =>
      inTransaction(() => {
        refuseName(added.name, findNetwork(added.name));
        const { changes } = database.prepare('DELETE FROM removals WHERE run = ?').run(added.id);
        if (changes === 0)
          throw new Problem(
            'usage',
            'The files of the network were removed while it was imported: try again.',
          );
        insert(database, added);
      }),
    findNetwork,
    network,
    networks,
    setNetwork: (id, { name, input, preprocessing, setAt, file, bytes, sha256 }) =>
      inTransaction(() => {
        if (name !== network(id).name) refuseName(name, findNetwork(name));
        database
          .prepare(
            'UPDATE networks SET title = ?, input_json = ?, preprocessing_json = ?, set_at = ?, file = ?, bytes = ?, sha256 = ? WHERE name = ?',
          )
          .run(
            ...[name, JSON.stringify(input), JSON.stringify(preprocessing)],
            ...[setAt === null ? null : Date.parse(setAt), file, bytes, sha256, id],
          );
        return network(id);
      }),
    trashNetwork: (wanted) =>
      inTransaction(() => {
        const { id } = network(wanted);
        database.prepare('UPDATE networks SET trashed_at = ? WHERE name = ?').run(Date.now(), id);
        return toTrashed(findTrashed(database, id));
      }),
    restoreNetwork: (wanted) =>
      inTransaction(() => {
        const { name: id, title } = findTrashed(database, wanted);
        const other = findNetwork(title);
        if (other)
          throw new Problem(
            'usage',
            `The network "${title}" stays in the trash: ${other.id} has its name now. Give that one another name first.`,
          );
        database.prepare('UPDATE networks SET trashed_at = NULL WHERE name = ?').run(id);
        return network(id);
      }),
    trashedNetworks: () => selectTrashed(database).map(toTrashed),
    deleteTrashedNetworks: () =>
      inTransaction(() => {
        const among = '(SELECT id FROM networks WHERE trashed_at IS NOT NULL)';
        database.exec(`
          INSERT OR IGNORE INTO removals (run) SELECT name FROM networks WHERE id IN ${among};
          DELETE FROM analyses WHERE network_id IN ${among};
          DELETE FROM networks WHERE id IN ${among};`);
      }),
  };
}

function selectTrashed(database: Database.Database): NetworkRow[] {
  return database
    .prepare<[], NetworkRow>(
      'SELECT * FROM networks WHERE trashed_at IS NOT NULL ORDER BY trashed_at DESC, id DESC',
    )
    .all();
}

/** By its id, or the last trashed of a name. @throws Problem `not-found` */
function findTrashed(database: Database.Database, wanted: string): NetworkRow {
  const rows = selectTrashed(database);
  const row = rows.find(({ name }) => name === wanted) ?? rows.find(({ title }) => title === wanted);
  if (!row) throw new Problem('not-found', `There is no network "${wanted}" in the trash.`);
  return row;
}

function toTrashed({ name, title, bytes, trashed_at: time }: NetworkRow): TrashedNetwork {
  return { id: name, name: title, bytes, trashedAt: new Date(time ?? 0).toISOString() };
}

function refuseName(name: string, taken: NetworkRecord | null): void {
  if (!NETWORK_NAME.test(name))
    throw new Problem(
      'usage',
      `A network cannot be called ${JSON.stringify(name)}: use up to 60 letters, digits, points, dashes and underscores.`,
    );
  if (taken !== null)
    throw new Problem(
      'usage',
      `There is a network "${taken.name}" already: give another name, or delete it first.`,
    );
}

function refuseUnknown(wanted: string, known: readonly NetworkRecord[]): never {
  const names = known.map(({ name }) => name).join(', ');
  throw new Problem(
    'not-found',
    `There is no network "${wanted}" in this store${names === '' ? ', nor any other' : `; there are ${names}`}.`,
  );
}

function insert(database: Database.Database, network: NetworkRecord): void {
  database
    .prepare(
      `INSERT INTO networks (name, title, source_json, network_json, input_json, classes_json, wordnet_json,
         preprocessing_json, file, bytes, sha256, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      network.id,
      network.name,
      JSON.stringify(network.source),
      JSON.stringify(network.description),
      JSON.stringify(network.input),
      JSON.stringify(network.classes),
      network.wordnetIds === null ? null : JSON.stringify(network.wordnetIds),
      JSON.stringify(network.preprocessing),
      network.file,
      network.bytes,
      network.sha256,
      Date.parse(network.createdAt),
    );
}

function toNetwork(row: NetworkRow): NetworkRecord {
  return {
    id: row.name,
    name: row.title,
    createdAt: new Date(row.created_at).toISOString(),
    source: JSON.parse(row.source_json) as NetworkRecord['source'],
    description: JSON.parse(row.network_json) as NetworkDescription,
    input: JSON.parse(row.input_json) as Shape,
    classes: JSON.parse(row.classes_json) as string[],
    wordnetIds: row.wordnet_json === null ? null : (JSON.parse(row.wordnet_json) as string[]),
    preprocessing: preprocessingSchema.parse(JSON.parse(row.preprocessing_json)),
    setAt: row.set_at === null ? null : new Date(row.set_at).toISOString(),
    file: row.file,
    bytes: row.bytes,
    sha256: row.sha256,
  };
}
