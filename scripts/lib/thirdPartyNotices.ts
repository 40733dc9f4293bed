import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Where the built page has the notices of all that it ships. */
export const NOTICES_FILE = 'third-party-notices.txt';

/** Standard texts, with a place for the author, for packages that name their licence and carry no copy of it. */
const TEXTS = join(dirname(dirname(fileURLToPath(import.meta.url))), 'licences');
/** A compiled kernel holds parts of the compiler's own library. */
const COMPILER = join(TEXTS, '../../node_modules/assemblyscript');
const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-]|$)/i;

export interface Notice {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/**
 * The plugins that write down whose code is shipped: `collect` goes into the worker's build, which ends before the
 * page's; `page` does the same for the page and writes the file.
 */
export function thirdPartyNotices(): { readonly page: Plugin; readonly collect: () => Plugin } {
  const folders = new Set<string>();
  const collectFrom = (bundle: Readonly<Record<string, { readonly type: string }>>) => {
    for (const id of Object.values(bundle).flatMap(modulesOf)) {
      const folder = packageFolder(id);
      if (folder !== null) folders.add(folder);
    }
  };
  return {
    collect: () => ({
      name: 'third-party-notices-of-worker',
      generateBundle(_, bundle) {
        collectFrom(bundle);
      },
    }),
    page: {
      name: 'third-party-notices',
      generateBundle(_, bundle) {
        collectFrom(bundle);
        const notices = Array.from(folders, readNotice);
        this.emitFile({ type: 'asset', fileName: NOTICES_FILE, source: formatNotices(notices) });
      },
    },
  };
}

function modulesOf(output: { readonly type: string }): readonly string[] {
  return output.type === 'chunk' && 'moduleIds' in output ? (output.moduleIds as string[]) : [];
}

/** The folder of the package that a module belongs to; null for our own and for what the bundler adds. */
export function packageFolder(id: string): string | null {
  const path = id.replace(/^\0+/, '').replace(/[?#].*$/, '');
  if (path.endsWith('.as')) return COMPILER;
  const inPackages = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path);
  return inPackages?.[1] && existsSync(join(inPackages[1], 'package.json')) ? inPackages[1] : null;
}

/** @throws Error for a package whose licence cannot be told in full: it must not be shipped unseen */
export function readNotice(folder: string): Notice {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file));
  const own = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const standard = join(TEXTS, `${license}.txt`);
  if (own.length === 0 && !existsSync(standard)) {
    throw new Error(
      `${name} ${version} (${license}) has no licence text; add scripts/licences/${license}.txt.`,
    );
  }
  const authorName: string = author?.name ?? author ?? 'its authors';
  const text =
    own.length > 0 ? own.join('\n\n') : readFileSync(standard, 'utf8').trim().replace('{author}', authorName);
  return { name, version, licence: String(license), text };
}

/** All notices, by name; a text that several packages share is written once, below their names. */
export function formatNotices(notices: readonly Notice[]): string {
  const byText = new Map<string, string[]>();
  for (const { name, version, licence, text } of notices.toSorted((a, b) => a.name.localeCompare(b.name))) {
    const title = `${name} ${version} (${licence})`;
    const titles = byText.get(text) ?? [];
    if (!titles.includes(title)) byText.set(text, [...titles, title]);
  }
  const head = 'Diffusion Playground ships code of these packages, under these licences.';
  const entries = Array.from(byText, ([text, titles]) => `${titles.join('\n')}\n\n${text}`);
  return `${[head, ...entries].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
