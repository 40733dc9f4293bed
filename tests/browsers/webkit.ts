import { spawn } from 'node:child_process';
import { freePort } from '../../scripts/lib/freePort.mjs';
import { asExpression, type Browser } from './browser.ts';

const SCREEN = '-screen 0 1500x1000x24';
/** The root of a container has no sandbox to give, and a virtual screen no GPU. */
const ENVIRONMENT = { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1' };
const SCRIPT_MS = 110_000;

interface Answer {
  readonly value: unknown;
}

/** WebKitGTK, the engine of Safari, over WebDriver on a virtual screen. */
export async function openWebKit(parts: Readonly<Record<string, string>>): Promise<Browser> {
  const port = await freePort(4445);
  const args = ['-a', '-s', SCREEN, parts.driver!, `--port=${port}`];
  const driver = spawn(parts.screen!, args, {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, ...ENVIRONMENT },
  });
  // The group: the screen's script, the screen, the driver and its browser.
  const end = () => void process.kill(-driver.pid!);

  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as Answer;
    if (!response.ok) throw new Error(`WebDriver: ${JSON.stringify(value)}`);
    return value;
  }

  try {
    await listening(() => ask('GET', '/status'));
    const options = { binary: parts.browser, args: ['--automation'] };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
    const { sessionId } = (await ask('POST', '/session', { capabilities })) as { sessionId: string };
    const session = `/session/${sessionId}`;
    await ask('POST', `${session}/timeouts`, { script: SCRIPT_MS });
    return {
      goto: async (url) => void (await ask('POST', `${session}/url`, { url })),
      async run<A, R>(body: (argument: A) => R | Promise<R>, argument: A) {
        const script = `const tell = arguments[arguments.length - 1];
          Promise.resolve().then(() => ${asExpression(body, argument)})
            .then((value) => tell({ value }), (error) => tell({ error: String(error) }));`;
        const told = await ask('POST', `${session}/execute/async`, { script, args: [] });
        const { value, error } = told as { value: R; error?: string };
        if (error !== undefined) throw new Error(error);
        return value;
      },
      errors: () => [],
      async close() {
        await ask('DELETE', session);
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}

/** Waits for the driver to answer. @throws the last refusal after 30 s */
async function listening(ask: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await ask();
      return;
    } catch (error) {
      if (tries === 150) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
