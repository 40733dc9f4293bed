'use strict';
// The one way into scripts/: checks Node, then loads `scripts/<name>.mjs`.
// Written in old syntax and without imports of its own, because the Node versions it turns away must be able to read it.

const range = require('../package.json').engines.node;
const satisfies = require('./lib/nodeVersion.cjs').satisfies;

if (!satisfies(process.versions.node, range)) {
  console.error(
    'Diffusion Playground needs Node ' +
      range +
      ', and this is Node ' +
      process.versions.node +
      ': install a newer one from https://nodejs.org and run the command again.',
  );
  process.exit(1);
}

import(`./${process.argv[2]}.mjs`)
  .then((script) => script.main(process.argv.slice(3)))
  .then((code) => {
    if (typeof code === 'number') process.exitCode = code;
  })
  .catch((error) => {
    // An error with `advice` is one we foresaw: its message is for a person, and its stack is not.
    console.error(error.advice ? `${error.message} ${error.advice}` : error);
    process.exitCode = 1;
  });
