import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';

const require = createRequire(import.meta.url);
const {
  satisfies,
}: { satisfies: (version: string, range: string) => boolean } = require('../../scripts/lib/nodeVersion.cjs');
const { engines }: { engines: { node: string } } = require('../../package.json');

describe('the Node range of package.json', () => {
  it.each(['20.19.0', '20.19.1', '20.20.2', '22.12.0', '23.0.0', '24.1.0', '22.12.1-nightly2025'])(
    'takes %s',
    (version) => {
      expect(satisfies(version, engines.node)).toBe(true);
    },
  );

  it.each(['12.22.9', '18.20.8', '20.18.9', '21.7.3', '22.11.0'])('turns %s away', (version) => {
    expect(satisfies(version, engines.node)).toBe(false);
  });

  it('refuses a range it cannot read', () => {
    expect(() => satisfies('20.0.0', '20.x')).toThrow('Unknown form of version range: 20.x');
  });
});
