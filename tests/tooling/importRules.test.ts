import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const repository = resolve(import.meta.dirname, '../..');

/** Rule → a file that breaks it. Each is planted in a file of its own, beside the real sources. */
const PLANTS: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['room-order-core', 'core/planted1.ts', "import '../experiment/types.ts';"],
  ['core-imports-only-core', 'core/planted2.ts', "import 'valibot';"],
  ['core-imports-only-core', 'core/planted3.ts', "import 'node:fs';"],
  [
    'room-order-experiment',
    'experiment/planted1.ts',
    "import type { EngineInfo } from '../protocol/protocol.ts';",
  ],
  [
    'room-order-runtime',
    'runtime/planted1.ts',
    "export const later = () => import('../store/plantedTarget.ts');",
  ],
  ['room-order-store', 'store/planted1.ts', "export { x } from '../canvas/plantedTarget.ts';"],
  ['room-order-canvas-charts-ui', 'charts/planted1.ts', "import '../pages/plantedTarget.ts';"],
  ['peers-of-charts', 'charts/planted2.ts', "import '../canvas/plantedTarget.ts';"],
  ['room-order-experiment', 'views/planted/view.ts', "import '../../protocol/protocol.ts';"],
  ['runtime-by-its-front-door', 'views/planted/draw.ts', "import '../../runtime/plantedWorkerSide.ts';"],
  ['runtime-by-its-front-door', 'views/planted/Settings.tsx', "import './record.ts';"],
  ['room-order-families', 'views/planted/record.ts', "import '../../canvas/plantedTarget.ts';"],
  ['peers-of-canvas', 'views/planted2/draw.ts', "import '../../ui/plantedTarget.ts';"],
  ['react-only-in-views', 'store/planted2.ts', "import { useState } from 'react';\nuseState(1);"],
  [
    'react-only-in-views',
    'runtime/planted2.tsx',
    'import type { ReactNode } from "react";\nexport type X = ReactNode;',
  ],
  ['react-only-in-views', 'store/planted3.ts', "import { create } from 'zustand';\ncreate(() => 1);"],
  ['tensorflow-only-in-backends', 'store/planted4.ts', "import '@tensorflow/tfjs-core';"],
  [
    'tensorflow-only-in-backends',
    'pages/planted1.tsx',
    "export const later = () => import('@tensorflow/tfjs-core');",
  ],
  ['runtime-by-its-front-door', 'pages/planted2.tsx', "import '../runtime/plantedWorkerSide.ts';"],
  [
    'runtime-knows-families-by-interface',
    'runtime/planted3.ts',
    "import '../families/gaussian/experiment.ts';",
  ],
  ['plotly-only-in-charts', 'pages/planted3.tsx', "export const later = () => import('plotly.js');"],
  ['plotly-loads-lazily', 'charts/planted3.tsx', "import 'plotly.js';"],
  ['plotly-bundle-loads-lazily', 'charts/planted4.tsx', "import './plotlyBundle.ts';"],
  ['room-order-lessons', 'lessons/planted1.ts', "import '../store/plantedTarget.ts';"],
  ['lessons-only-for-the-page', 'runtime/planted4.ts', "import '../lessons/experiment.ts';"],
  ['lessons-load-lazily', 'pages/planted4.tsx', "import '../lessons/glossary.ts';"],
  ['lessons-load-lazily', 'pages/planted5.tsx', "import './lessons/content/Tour.tsx';"],
  ['no-cycles', 'canvas/planted1.ts', "import './planted2.ts';"],
  ['no-unresolved', 'canvas/planted3.ts', "import './nowhere.ts';"],
  // What the page loads of the engine, in the place of two real files of it.
  ['front-door-stays-light', 'runtime/heartbeat.ts', "import './plantedWorkerSide.ts';"],
  ['tensorflow-only-in-backends', 'runtime/client.ts', "import '@tensorflow/tfjs-core';"],
];

/** What the planted files import, where that is not a real file. */
const TARGETS: Readonly<Record<string, string>> = {
  'charts/plotlyBundle.ts': "import 'plotly.js';",
  'store/plantedTarget.ts': 'export const x = 1;',
  'canvas/plantedTarget.ts': 'export const x = 1;',
  'pages/plantedTarget.ts': 'export const x = 1;',
  'runtime/plantedWorkerSide.ts': "import '@tensorflow/tfjs-core';",
  'canvas/planted2.ts': "import './planted1.ts';",
  'ui/plantedTarget.ts': 'export const x = 1;',
};

/** A plain import of a room's neighbour that no rule forbids: the file must be read, and pass. */
const INNOCENT = [
  'pages/plantedInnocent.tsx',
  "import 'react';\nimport '../protocol/protocol.ts';\nimport 'zustand/vanilla';",
] as const;

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function copyOfSources(): string {
  folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
  cpSync(join(repository, 'src'), join(folder, 'src'), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

function plant(file: string, text: string): void {
  const path = join(folder, 'src', file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function check(): { status: number | null; stdout: string; lines: string[] } {
  const args = [join(repository, 'scripts/run.cjs'), 'importRules', folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout, lines: stderr.trim().split('\n') };
}

// That they pass on the sources is a check of its own, beside types and lint.
describe('import rules', { timeout: 120_000 }, () => {
  it('catch every planted violation, and nothing innocent', () => {
    copyOfSources();
    for (const [file, text] of Object.entries(TARGETS)) plant(file, text);
    for (const [, file, text] of PLANTS) plant(file, text);
    plant(...INNOCENT);
    const { status, lines } = check();
    for (const [rule, file] of PLANTS) {
      expect(
        lines.some((line) => line.startsWith(`${rule}: src/${file} →`)),
        `${rule} in ${file}`,
      ).toBe(true);
    }
    const planted = [...PLANTS.map(([, file]) => file), ...Object.keys(TARGETS)];
    const isPlanted = (line: string) => planted.some((file) => line.includes(`: src/${file} →`));
    expect(lines.filter((line) => line.includes('→') && !isPlanted(line))).toEqual([]);
    expect(status).toBe(1);
  });

  it('fail when no file was read', () => {
    folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
    mkdirSync(join(folder, 'src'));
    const { status, lines } = check();
    expect(lines).toEqual(['Import rules: no source files were read.']);
    expect(status).toBe(1);
  });
});
