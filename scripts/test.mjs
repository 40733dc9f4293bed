import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, ensureBuilt } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { readCounts } from './lib/counts.mjs';
import { freePort } from './lib/freePort.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Advice, runBin } from './lib/process.mjs';
import { check, imports, lint, runStages, seconds, sideBySide, types } from './lib/stages.mjs';

/** In the order in which they run: cheapest first. Each gets a folder for its report and returns counts. */
const STAGES = {
  lint,
  types,
  imports,
  build: { title: 'Production build', run: check(build) },
  unit: { title: 'Unit tests', run: unitTests },
  browsers: { title: 'Every browser', run: everyBrowser },
  browser: { title: 'Browser tests', run: browserTests(['chromium']) },
  faults: { title: 'Every way to fail', run: browserTests(['faults']) },
  fuzz: { title: 'Random actions (FUZZ_SEED, FUZZ_ACTIONS)', run: browserTests(['fuzz']) },
};

/** The stages of Playwright, and their projects. */
const PROJECTS = { browser: 'chromium', faults: 'faults', fuzz: 'fuzz' };

/** Stages that use one core each. */
const OF_ONE_CORE = ['types', 'imports', 'build'];

function unitTests(folder) {
  return vitest(join(folder, 'unit.json'));
}

/** @param more arguments */
async function vitest(report, ...more) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return readCounts('vitest', report, await runBin('vitest', 'vitest', ['run', ...reporters, ...more]));
}

/** The smoke test in Chromium, Firefox and WebKit, as far as they can be had. */
async function everyBrowser(folder) {
  await ensureBuilt();
  const { ensureBrowsers } = await import('./lib/browsers.mjs');
  await ensureBrowsers();
  return vitest(join(folder, 'browsers.json'), '--config', 'vitest.browsers.config.ts');
}

/** @param projects of playwright.config.ts */
function browserTests(projects) {
  return async (folder) => {
    await ensureBuilt();
    const report = join(folder, 'playwright.json');
    const env = {
      ...process.env,
      CHROMIUM: await ensureChromium(),
      PLAYGROUND_PORT: String(await freePort(4273)),
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    };
    const args = ['test', ...projects.map((project) => `--project=${project}`), '--reporter=list,json'];
    return readCounts('playwright', report, await runBin('@playwright/test', 'playwright', args, { env }));
  };
}

function chosen(names) {
  const unknown = names.filter((name) => !(name in STAGES));
  if (unknown.length > 0) {
    throw new Advice(`There is no stage "${unknown[0]}".`, `There are: ${Object.keys(STAGES).join(', ')}.`);
  }
  const stages = Object.entries(STAGES).filter(([name]) => names.length === 0 || names.includes(name));
  const ofOneCore = together(stages, OF_ONE_CORE, (parts) => sideBySide(...parts.map(([, { run }]) => run)));
  // In one run of Playwright no core waits for the last test of one.
  return together(ofOneCore, Object.keys(PROJECTS), (parts) =>
    browserTests(parts.map(([name]) => PROJECTS[name])),
  );
}

/** The stages, with some of them, which stand in a row, as one, which `asOne` runs. */
function together(stages, names, asOne) {
  const parts = stages.filter(([name]) => names.includes(name));
  if (parts.length < 2) return stages;
  const title = parts.map(([, stage]) => stage.title).join('; ');
  const joined = [parts.map(([name]) => name).join(', '), { title, run: asOne(parts) }];
  const first = stages.indexOf(parts[0]);
  return [...stages.slice(0, first), joined, ...stages.slice(first + parts.length)];
}

/**
 * `npm test`: installs what is missing and runs every check; `npm test -- unit browser` runs some.
 * The last line is "N passed, N failed"; a failed check counts as one failed test.
 */
export async function main(names) {
  const stages = chosen(names);
  await ensureInstalled();
  const isOfPlaywright = ([name]) => name.split(', ').some((each) => each in PROJECTS);
  if (stages.some(isOfPlaywright)) await ensureChromium();

  const folder = mkdtempSync(join(tmpdir(), 'diffusion-playground-'));
  const start = performance.now();
  try {
    const { counts, summary } = await runStages(stages, folder);
    console.log(`\n${summary}; ${seconds(start)} in all`);
    console.log(`${counts.passed} passed, ${counts.failed} failed`);
    return counts.failed === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
