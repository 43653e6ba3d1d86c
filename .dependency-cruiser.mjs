/**
 * Which room may import which. Each list goes from the bottom to the top: a room may name only rooms that stand before it
 * (checked below), so that no import leads upwards and rooms form no circle. `base` stands for the files beside the rooms.
 *
 * `npm run check` says which import breaks a rule; a new room needs a line here.
 */
const shared = {
  base: [],
  mistakes: ['base'],
  yaml: ['base', 'mistakes'],
  fields: ['base'],
  markdown: [],
  statistics: ['base', 'mistakes'],
  metrics: ['statistics'],
  machine: [],
  datasets: ['base', 'mistakes'],
  training: ['base', 'mistakes', 'fields'],
  networks: ['base', 'mistakes', 'fields'],
  studies: [
    'base',
    'mistakes',
    'yaml',
    'fields',
    'statistics',
    'metrics',
    'machine',
    'datasets',
    'training',
    'networks',
  ],
  runs: ['base', 'mistakes', 'fields', 'statistics', 'metrics', 'datasets', 'networks', 'studies'],
  imports: ['base', 'mistakes', 'statistics', 'metrics', 'studies'],
  analysis: ['base', 'mistakes', 'statistics', 'networks', 'studies'],
  charts: [
    'base',
    'mistakes',
    'fields',
    'statistics',
    'metrics',
    'machine',
    'networks',
    'studies',
    'runs',
    'analysis',
  ],
  figures: ['base', 'mistakes', 'runs', 'charts'],
  recipes: ['base', 'mistakes', 'yaml', 'analysis', 'charts', 'figures'],
  contract: [
    'base',
    'mistakes',
    'metrics',
    'machine',
    'datasets',
    'networks',
    'studies',
    'runs',
    'imports',
    'analysis',
    'charts',
    'figures',
    'recipes',
  ],
};

const main = {
  base: [],
  files: ['base'],
  'event-files': [],
  work: ['base'],
  machine: ['work'],
  datasets: ['base', 'files', 'work'],
  engine: ['base', 'files', 'work'],
  checkpoints: ['files', 'engine'],
  compression: [],
  'network-files': ['base', 'files', 'work', 'checkpoints', 'compression'],
  store: ['base', 'files', 'work'],
  'run-files': ['base', 'files', 'event-files', 'work', 'store'],
  copies: ['base', 'files', 'work', 'store'],
  artifacts: ['base', 'files', 'checkpoints', 'store'],
  trainer: ['base', 'files', 'work', 'machine', 'datasets', 'engine', 'checkpoints'],
  spool: ['base', 'files', 'work', 'checkpoints', 'datasets', 'engine', 'trainer'],
  executors: ['base', 'files', 'work', 'machine', 'datasets', 'engine', 'trainer', 'spool'],
  studies: ['files', 'work', 'datasets'],
  drafts: ['base', 'files'],
  scheduler: ['base', 'work', 'machine', 'datasets', 'store', 'artifacts', 'trainer', 'executors'],
  exports: ['base', 'files', 'event-files', 'work', 'checkpoints', 'network-files', 'store'],
  figures: ['base', 'files', 'datasets', 'store', 'artifacts'],
  analysis: [
    ...['base', 'files', 'work', 'datasets', 'engine', 'checkpoints', 'compression', 'store', 'artifacts'],
    'figures',
  ],
  recipes: ['base', 'files', 'datasets', 'store', 'artifacts', 'figures', 'analysis'],
  reports: ['base', 'files', 'work', 'datasets', 'store', 'copies', 'exports', 'figures', 'analysis'],
  doctor: ['base', 'files', 'work', 'machine', 'datasets', 'engine', 'store', 'trainer', 'executors'],
  api: [
    ...[
      'base',
      'files',
      'machine',
      'datasets',
      'engine',
      'store',
      'artifacts',
      'spool',
      'executors',
      'studies',
      'drafts',
      'scheduler',
    ],
    ...[
      'network-files',
      'run-files',
      'copies',
      'exports',
      'figures',
      'analysis',
      'recipes',
      'reports',
      'doctor',
    ],
  ],
  attach: ['base', 'work', 'store', 'api'],
  serve: ['api'],
  desktop: ['base', 'files', 'studies', 'api', 'attach'],
  cli: [
    ...[
      'base',
      'files',
      'datasets',
      'engine',
      'checkpoints',
      'compression',
      'store',
      'artifacts',
      'spool',
      'executors',
      'studies',
    ],
    ...[
      'network-files',
      'run-files',
      'exports',
      'figures',
      'analysis',
      'recipes',
      'reports',
      'doctor',
      'api',
      'attach',
      'serve',
    ],
  ],
};

const renderer = {
  format: [],
  theme: [],
  connection: [],
  stores: ['format', 'connection'],
  figures: [],
  components: ['format', 'connection', 'stores', 'figures'],
  fields: ['components'],
  launch: ['connection', 'stores', 'components', 'fields'],
  charts: ['connection', 'stores', 'components'],
  drafts: ['format', 'connection', 'stores', 'components'],
  network: ['connection', 'stores', 'components'],
  layers: ['connection', 'stores', 'components', 'network'],
  pictures: ['connection', 'stores', 'components', 'network'],
  datasets: ['connection', 'stores', 'components'],
  layout: ['theme', 'connection', 'stores', 'components', 'drafts'],
  pages: [
    ...[
      'format',
      'connection',
      'stores',
      'fields',
      'launch',
      'figures',
      'components',
      'charts',
      'drafts',
      'network',
      'layers',
      'pictures',
      'datasets',
    ],
    'layout',
  ],
  base: ['stores', 'layout', 'pages'],
};

/** Packages and parts of Node that only these rooms use. */
const owned = [
  { packages: 'node_modules/@tensorflow/', rooms: '^(src-main/(engine|trainer|analysis)|scripts)/' },
  { packages: 'node_modules/webgpu/', rooms: '^src-main/engine/' },
  { packages: 'node_modules/better-sqlite3/', rooms: '^(src-main/(files|store)|scripts)/' },
  { packages: '^electron$|node_modules/electron/', rooms: '^(src-main/desktop|scripts)/' },
  {
    packages: 'node_modules/(vue|pinia|vue-router|reka-ui|@lucide|@tanstack|@vueuse)/',
    rooms: '^src-renderer/',
  },
  { packages: 'node_modules/(commander|cli-progress|cli-table3)/', rooms: '^src-main/cli/' },
];

export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Move what both need into a file of its own.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'unknown-room',
      severity: 'error',
      comment: 'Give the room a line in this file.',
      from: { path: '^src-', pathNot: allRooms() },
      to: {},
    },
    ...rules('src-shared', shared, []),
    ...rules('src-main', main, ['src-shared']),
    ...rules('src-renderer', renderer, ['src-shared']),
    {
      name: 'no-node-in-the-page',
      severity: 'error',
      comment: 'src-shared and the page run in browsers, too.',
      from: { path: '^src-(shared|renderer)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-scripts',
      severity: 'error',
      comment: 'Scripts are no part of the program, and are not in its package.',
      from: { path: '^src-' },
      // in a checkout `serve` builds the page that a package holds
      to: { path: '^(scripts|test)/', pathNot: '^scripts/build-page[.]ts$' },
    },
    {
      name: 'no-engine-by-name',
      severity: 'error',
      comment: 'Ask the registry (engines/registry.ts): what an engine has of its own stays in its folder.',
      from: { pathNot: '^(src-main/engine/engines|test|scripts)/' },
      to: { path: '^src-main/engine/engines/[^/]+/' },
    },
    {
      name: 'commands-only-read',
      severity: 'error',
      comment:
        'A command has an application change the store (openClient), and itself only reads (openToRead).',
      from: { path: '^src-main/cli/', pathNot: '^src-main/cli/open-to-read[.]ts$' },
      to: { path: '^src-main/store/open-store[.]ts$' },
    },
    {
      name: 'no-page-imports-another',
      severity: 'error',
      comment: 'What several pages show belongs to components, or to a room beside them.',
      from: { path: '^src-renderer/pages/([^/]+)/' },
      to: { path: '^src-renderer/pages/', pathNot: '^src-renderer/pages/($1/|[^/]+$)' },
    },
    {
      name: 'charts-are-gathered',
      severity: 'error',
      comment:
        'A page shows the chart that `useChart` gathers, as the figure does: its numbers are made in one place.',
      from: { path: '^src-renderer/pages/', pathNot: '^src-renderer/pages/run/' },
      to: { path: '^src-shared/charts/kinds/[^/]+/', pathNot: '/choose-curves[.]ts$' },
    },
    ...owned.map(({ packages, rooms }) => ({
      name: 'owned-package',
      severity: 'error',
      comment: `${packages} belongs to ${rooms}`,
      from: { path: '^src-', pathNot: rooms },
      to: { path: packages },
    })),
  ],
  options: {
    // imports of types are imports, too
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]css$' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.vue', '.js', '.mjs', '.cjs'],
      exportsFields: ['exports'],
    },
  },
};

function allRooms() {
  const sides = { 'src-shared': shared, 'src-main': main, 'src-renderer': renderer };
  return Object.entries(sides).flatMap(([side, rooms]) =>
    Object.keys(rooms).map((room) => inside(side, room)),
  );
}

/** One rule a room: among the rooms of its side and of the sides below it may import those that it names. */
function rules(side, rooms, below) {
  const names = Object.keys(rooms);
  return names.map((room, place) => {
    const unknown = rooms[room].filter((other) => !names.slice(0, place).includes(other));
    if (unknown.length > 0)
      throw new Error(`${side}/${room} may not import ${unknown.join(', ')}: not below it`);
    const allowed = [room, ...rooms[room]].map((other) => inside(side, other));
    return {
      name: `rooms of ${side}/${room}`,
      severity: 'error',
      comment: `It may import ${rooms[room].join(', ') || 'no other room'}.`,
      from: { path: inside(side, room) },
      to: { path: '^src-', pathNot: [...allowed, ...below.map((other) => `^${other}/`)] },
    };
  });
}

/** Files beside the rooms are matched by having no further folder. */
function inside(side, room) {
  return room === 'base' ? `^${side}/[^/]+$` : `^${side}/${room}/`;
}
