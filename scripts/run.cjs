'use strict';
// The one way into scripts/: checks Node, then loads `scripts/<name>.mjs`.
// Written in old syntax and without imports of its own, because the Node versions it turns away must be able to read it.

const node = require('./lib/nodeVersion.cjs');
const range = require('../package.json').engines.node;
const actual = process.versions.node;

if (!node.satisfies(actual, range)) {
  console.error(
    `Diffusion Playground needs Node ${node.describe(range)}, and this is ${actual}: install a newer one from https://nodejs.org.`,
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
