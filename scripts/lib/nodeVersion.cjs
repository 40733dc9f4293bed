'use strict';

/** "20.19.0" or "v20.19.0-nightly" → [20, 19, 0]; numbers left out are 0. */
function parse(version) {
  const numbers = version.replace(/^v/, '').split(/[.+-]/, 3).map(Number);
  return [numbers[0] || 0, numbers[1] || 0, numbers[2] || 0];
}

function isAtLeast(version, floor) {
  for (let i = 0; i < 3; i += 1) {
    if (version[i] !== floor[i]) return version[i] > floor[i];
  }
  return true;
}

/**
 * Whether a version meets a range of the two forms that package.json's `engines` uses: `^a.b.c` and `>=a.b.c`, joined by `||`.
 * @throws if the range has any other form
 */
function satisfies(version, range) {
  const actual = parse(version);
  return range.split('||').some((alternative) => {
    const match = /^(\^|>=)(\d+(?:\.\d+){0,2})$/.exec(alternative.trim());
    if (!match) throw new Error(`Unknown form of version range: ${alternative.trim()}`);
    const floor = parse(match[2]);
    return isAtLeast(actual, floor) && (match[1] === '>=' || actual[0] === floor[0]);
  });
}

/** A range in words: "20 from 20.19, or any from 22.12". */
function describe(range) {
  return range
    .split('||')
    .map((alternative) => {
      const floor = parse(alternative.replace(/[^\d.]/g, ''));
      const series = alternative.trim()[0] === '^' ? floor[0] : 'any';
      return `${series} from ${floor[0]}.${floor[1]}`;
    })
    .join(', or ');
}

module.exports = { describe: describe, satisfies: satisfies };
