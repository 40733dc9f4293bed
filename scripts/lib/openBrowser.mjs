import { spawn } from 'node:child_process';

const OPENERS = {
  darwin: (address) => ['open', [address]],
  win32: (address) => ['cmd', ['/c', 'start', '""', address]],
  linux: (address) => ['xdg-open', [address]],
};

function hasDisplay() {
  if (process.env.CI) return false;
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Opens the address where there is a screen; says nothing when it cannot, because the address is printed anyway. */
export function openBrowser(address) {
  const opener = OPENERS[process.platform];
  if (!opener || !hasDisplay()) return;
  const [command, args] = opener(address);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
