import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/**
 * Makes public/pretrained/default.json: a network for the default experiment, trained only until its samples are less than
 * twice as far from the data as true draws are, so that a person's own model soon takes over.
 * Run it again (node scripts/pretrain.mjs) when a default of the model, the data or the noise changes.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const FILE = 'public/pretrained/default.json';

const server = await createServer({ root, logLevel: 'error', server: { middlewareMode: true } });
try {
  const { pretrain } = await server.ssrLoadModule('/scripts/lib/pretrain.ts');
  const { file, step, ratio } = await pretrain();
  mkdirSync(join(root, dirname(FILE)), { recursive: true });
  writeFileSync(join(root, FILE), `${file}\n`);
  console.log(`${FILE}: ${step} steps, ${ratio.toFixed(2)} times the distance of true draws.`);
} finally {
  await server.close();
}
