// Who may import whom. docs/architecture.md says why; tests/tooling/importRules.test.ts proves that each rule bites.

/**
 * Imports flow from right to left: a room sees those before it. Rooms in one entry are peers. A view has a part in four
 * rooms: what it is, how it is recorded in the worker, how it is drawn, and its controls; so has a world.
 */
const ROOMS = [
  ['core'],
  ['experiment'],
  ['lessons'],
  ['protocol'],
  ['backends'],
  ['families'],
  ['runtime'],
  ['store'],
  ['canvas', 'charts', 'ui'],
  ['pages'],
];
const PARTS_OF_VIEWS = {
  families: [
    '^src/views/[^/]+/record[.]ts$',
    '^src/views/recorders?[.]ts$',
    '^src/worlds/[^/]+/(learn[.]ts|learning/.+)$',
    '^src/worlds/learners?[.]ts$',
  ],
  canvas: [
    '^src/views/[^/]+/draw[A-Za-z]*[.]ts$',
    '^src/views/pictures[.]ts$',
    '^src/worlds/[^/]+/draw[.]ts$',
  ],
  pages: [
    '^src/views/.+[.]tsx$',
    '^src/views/settings[.]ts$',
    '^src/worlds/.+[.]tsx$',
    '^src/(views|worlds)/.+/use[A-Z][^/]*[.]ts$',
    '^src/worlds/pages[.]ts$',
  ],
};

/** Where the files of a room are; what a view is stands in `experiment`. */
const pathsOf = (room) => [
  `^src/${room}/`,
  ...(room === 'experiment' ? ['^src/views/', '^src/worlds/'] : (PARTS_OF_VIEWS[room] ?? [])),
];
const anyOf = (rooms) => rooms.flatMap(pathsOf);
const filesOf = (rooms) => ({
  path: anyOf(rooms),
  ...(rooms.includes('experiment') && { pathNot: Object.values(PARTS_OF_VIEWS).flat() }),
});

/** The part of the runtime that may be loaded on the main thread; the rest of the worker's rooms lives in the worker. */
const RUNTIME_ON_THE_PAGE =
  '^src/runtime/(client|places|earlyEngine|heartbeat|speedTest|worlds/client)[.]ts$';
const WORKER_ROOMS = ['backends', 'families', 'runtime'];

/** A package whether or not it could be resolved, and wherever node_modules is. */
const packages = (...names) => `(^|/node_modules/|^node_modules/)(${names.join('|')})(/|$)`;

/** `import type …` and `typeof import(…)`: gone after compilation. */
const TYPES = ['type-only', 'type-import'];

const roomOrder = ROOMS.slice(0, -1).map((rooms, i) => ({
  name: `room-order-${rooms.join('-')}`,
  comment: `${rooms.join(', ')} may not import from rooms to their right.`,
  severity: 'error',
  from: filesOf(rooms),
  to: { path: anyOf(ROOMS.slice(i + 1).flat()) },
}));

const peers = ROOMS.filter((rooms) => rooms.length > 1).flatMap((rooms) =>
  rooms.map((room) => ({
    name: `peers-of-${room}`,
    comment: 'Peers share through the rooms before them, not with one another.',
    severity: 'error',
    from: filesOf([room]),
    to: { path: anyOf(rooms.filter((other) => other !== room)) },
  })),
);

module.exports = {
  forbidden: [
    ...roomOrder,
    ...peers,
    {
      name: 'core-imports-only-core',
      comment: 'The mathematics depends on nothing: no packages, no Node, no browser.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { pathNot: '^src/core/' },
    },
    {
      name: 'react-only-in-views',
      comment: 'React stays in canvas, charts, ui, pages, the entries and the binding file of each store.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          ...anyOf(['canvas', 'charts', 'ui', 'pages']),
          '^src/(store/(worlds/)?react[.]ts$|[^/]+[.]tsx?$)',
        ],
      },
      to: {
        path: [
          packages('react', 'react-dom', 'radix-ui', '@radix-ui'),
          // zustand's main entry imports React; its `vanilla` and `middleware` do not.
          '(^|/)zustand$',
          '(^|/)node_modules/zustand/(esm/)?(index|react|traditional|react/.*)[.]m?js$',
        ],
      },
    },
    {
      name: 'tensorflow-only-in-backends',
      comment: 'TensorFlow.js is one of the ways to compute, and known to no other room.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/backends/' },
      to: { path: packages('@tensorflow') },
    },
    {
      name: 'runtime-by-its-front-door',
      comment:
        'The page sees the client, the places and the speed test of the runtime; never the worker side.',
      severity: 'error',
      from: { path: '^src/', pathNot: anyOf(WORKER_ROOMS) },
      to: { path: anyOf(WORKER_ROOMS), pathNot: RUNTIME_ON_THE_PAGE },
    },
    {
      name: 'front-door-stays-light',
      comment:
        'What the page loads of the runtime may not pull in the worker side; types are free, and so is the address of ' +
        'the worker. Where no worker can be had, the runtime itself is loaded, lazily.',
      severity: 'error',
      from: { path: RUNTIME_ON_THE_PAGE },
      to: {
        path: anyOf(WORKER_ROOMS),
        pathNot: [RUNTIME_ON_THE_PAGE, '^src/runtime/(engineWorker|worlds/worker)[.]ts$'],
        dynamic: false,
        dependencyTypesNot: TYPES,
      },
    },
    {
      name: 'runtime-knows-families-by-interface',
      comment:
        'The runtime runs whatever family there is: it sees their index and the interface, never a family itself.',
      severity: 'error',
      from: { path: '^src/runtime/' },
      to: { path: '^src/families/[^/]+/' },
    },
    {
      name: 'plotly-only-in-charts',
      comment: 'Other rooms describe charts as data.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/charts/' },
      to: { path: packages('plotly[.]js', 'plotly[.]js-[^/]+') },
    },
    {
      name: 'plotly-loads-lazily',
      comment:
        'One bundle file names the parts of plotly, and Chart imports that file when a chart is first shown.',
      severity: 'error',
      from: { path: '^src/charts/', pathNot: '^src/charts/plotlyBundle[.]ts$' },
      to: {
        path: packages('plotly[.]js', 'plotly[.]js-[^/]+'),
        dynamic: false,
        dependencyTypesNot: TYPES,
      },
    },
    {
      name: 'plotly-bundle-loads-lazily',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/charts/plotlyBundle[.]ts$', dynamic: false, dependencyTypesNot: TYPES },
    },
    {
      name: 'lessons-only-for-the-page',
      comment:
        'Experiments, glossary and texts are for the page and its links; what computes and draws needs none.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(lessons|store|pages)/'] },
      to: { path: '^src/lessons/' },
    },
    {
      name: 'lessons-load-lazily',
      comment: 'But for what an experiment is, lessons are loaded when they are asked for.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/lessons/', '^src/pages/lessons/content/'] },
      to: {
        path: ['^src/lessons/', '^src/pages/lessons/content/'],
        pathNot: '^src/lessons/experiment[.]ts$',
        dynamic: false,
        dependencyTypesNot: TYPES,
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'A rule cannot judge an import that leads nowhere.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // `import type` counts as an import: the direction of knowledge matters, not only that of code.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default'] },
  },
};
