import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onlyWoff2 } from '../../scripts/lib/onlyWoff2.ts';
import { POLICY, policyText } from '../../scripts/lib/securityPolicy.ts';
import { formatNotices, packageFolder, readNotice } from '../../scripts/lib/thirdPartyNotices.ts';

const packages = join(process.cwd(), 'node_modules');

describe('third-party notices', () => {
  it('knows whose a module is, and that ours and the bundler’s are nobody else’s', () => {
    expect(packageFolder(`${packages}/react/index.js`)).toBe(`${packages}/react`);
    expect(packageFolder(`\0${packages}/@tensorflow/tfjs-core/dist/index.js?commonjs-proxy`)).toBe(
      `${packages}/@tensorflow/tfjs-core`,
    );
    expect(packageFolder(`${process.cwd()}/src/main.tsx`)).toBeNull();
    expect(packageFolder('\0rolldown/runtime.js')).toBeNull();
  });

  it('takes the package’s own text, or the standard one with its author', () => {
    expect(readNotice(`${packages}/react`).text).toContain('Meta Platforms');
    expect(readNotice(`${packages}/@tensorflow/tfjs-core`).text).toContain('Apache License');
    expect(readNotice(`${packages}/seedrandom`).text).toContain('David Bau');
  });

  it('refuses to ship what has no licence that could be told', () => {
    expect(() => readNotice(join(process.cwd(), 'tests/tooling/fixtures/unlicensed'))).toThrow(
      /nameless 1\.0\.0 \(Unheard-of\) has no licence text/,
    );
  });

  it('writes a shared text once, below all who share it', () => {
    const of = (name: string) => ({ name, version: '1', licence: 'MIT', text: 'Permission is granted' });
    const text = formatNotices([of('b'), of('a'), of('a')]);
    expect(text.match(/Permission/g)).toHaveLength(1);
    expect(text).toMatch(/a 1 \(MIT\)\nb 1 \(MIT\)\n\nPermission/);
  });
});

it('leaves only woff2 of KaTeX’s fonts', () => {
  const css =
    '@font-face{src:url(a.woff2) format("woff2"),url(a.woff) format("woff"),url(a.ttf) format("truetype")}';
  const { transform } = onlyWoff2();
  const apply = transform as (css: string, id: string) => string | null;
  expect(apply(css, '/node_modules/katex/dist/katex.min.css')).toBe(
    '@font-face{src:url(a.woff2) format("woff2")}',
  );
  expect(apply(css, '/src/own.css')).toBeNull();
});

it('allows no script but the page’s own, and nothing of other origins', () => {
  expect(POLICY['default-src']).toBe("'none'");
  expect(POLICY['script-src']).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*|data:|blob:/);
  expect(policyText()).not.toMatch(/https?:|\*/);
});
