import { existsSync } from 'node:fs';
import { run } from './process.mjs';

/**
 * Installs packages on Debian's kind of system, where that needs no password.
 * @returns whether it did
 */
export async function aptInstall(packages) {
  if (!existsSync('/usr/bin/apt-get')) return false;
  console.log(`Installing ${packages.join(', ')} (apt-get install) …`);
  const asRoot = process.getuid() === 0 ? [] : ['sudo', '-n'];
  const aptGet = async (...args) => {
    const [command, ...rest] = [...asRoot, 'apt-get', '-qq', ...args];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const code = await run(command, rest, { env }).catch((error) => {
      console.log(`${command} could not be run: ${error.message}`);
      return 1;
    });
    return code === 0;
  };
  return (await aptGet('update')) && (await aptGet('install', '-y', '--no-install-recommends', ...packages));
}
