// Who may import whom. docs/architecture.md says why; tests/tooling/importRules.test.ts proves that each rule bites.

/**
 * Imports flow from right to left: a room sees those before it. Rooms in one entry are peers. A view has a part in four
 * rooms: what it is, how it is recorded in the worker, how it is drawn, and its controls.
 */
const ROOMS = [['core'], ['config'], ['engine'], ['store'], ['stage', 'charts', 'controls'], ['pages']];
const PARTS_OF_VIEWS = {
  engine: ['^src/views/[^/]+/record[.]ts$', '^src/views/recorders?[.]ts$'],
  stage: ['^src/views/[^/]+/draw[.]ts$', '^src/views/pictures[.]ts$'],
  pages: ['^src/views/.+[.]tsx$', '^src/views/settings[.]ts$'],
};

/** Where the files of a room are; what a view is stands in `config`. */
const pathsOf = (room) => [
  `^src/${room}/`,
  ...(room === 'config' ? ['^src/views/'] : (PARTS_OF_VIEWS[room] ?? [])),
];
const anyOf = (rooms) => rooms.flatMap(pathsOf);
const filesOf = (rooms) => ({
  path: anyOf(rooms),
  ...(rooms.includes('config') && { pathNot: Object.values(PARTS_OF_VIEWS).flat() }),
});

/** The part of the engine that may be loaded on the main thread; the rest lives in the worker. */
const ON_THE_PAGE = '(protocol|client|places|errors|heartbeat|speedTest)[.]ts$';
const ENGINE_ON_THE_PAGE = `^src/engine/${ON_THE_PAGE}`;
const WORKER_SIDE = `^src/engine/(?!${ON_THE_PAGE})`;

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
      comment:
        'React stays in stage, charts, controls, pages, the entries and the one binding file of the store.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          ...anyOf(['stage', 'charts', 'controls', 'pages']),
          '^src/(store/react[.]ts$|[^/]+[.]tsx?$)',
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
      name: 'tensorflow-only-in-the-worker',
      comment: 'TensorFlow.js is imported by the worker side of the engine alone.',
      severity: 'error',
      from: { path: '^src/', pathNot: WORKER_SIDE },
      to: { path: packages('@tensorflow') },
    },
    {
      name: 'engine-by-its-front-door',
      comment:
        'The page sees the protocol, the client, the errors and the speed test of the engine; never its worker side.',
      severity: 'error',
      from: { path: '^src/', pathNot: pathsOf('engine') },
      to: { path: pathsOf('engine'), pathNot: ENGINE_ON_THE_PAGE },
    },
    {
      name: 'front-door-stays-light',
      comment:
        'What the page loads of the engine may not pull in the worker side; types are free, and so is the address of ' +
        'the worker. Where no worker can be had, the engine itself is loaded, lazily.',
      severity: 'error',
      from: { path: ENGINE_ON_THE_PAGE },
      to: {
        path: '^src/engine/',
        pathNot: [ENGINE_ON_THE_PAGE, '^src/engine/worker[.]ts$'],
        dynamic: false,
        dependencyTypesNot: TYPES,
      },
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
