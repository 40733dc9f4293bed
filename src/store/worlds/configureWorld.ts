import { fieldNames } from '../../experiment/fields.ts';
import { validatePatch } from '../../experiment/patch.ts';
import type { OtherWorldId } from '../../worlds/ids.ts';
import { loadWorld } from '../../worlds/index.ts';
import { changedSettings, readSettings, writeSettings } from '../../worlds/world.ts';
import type { Playground } from '../playgroundStore.ts';

/**
 * A program's change of a world other than Points, or into one: the world's own settings go before those of Points that have the
 * same name. All of it is checked before any is applied; resolves when the world has taken it in.
 * @throws ConfigError that names the field, what was wrong and what is allowed
 */
export async function configureWorld(
  playground: Playground,
  patch: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { store, actions, worlds, settingsOf, settled } = playground;
  const { config } = store.getState();
  const id = (patch.world ?? config.world) as OtherWorldId;
  const world = await loadWorld(id);
  const isOwn = (name: string) => name in world.fields || !fieldNames.some((known) => known === name);
  const entries = Object.entries(patch);
  const own = Object.fromEntries(entries.filter(([name]) => isOwn(name)));
  const others = Object.fromEntries(entries.filter(([name]) => !isOwn(name)));
  const settings = changedSettings(world, readSettings(world, settingsOf(id)).settings, own);
  const worldSettings = writeSettings(world, settings);
  actions.set(validatePatch({ worldSettings, ...others }, config));
  await settled();
  const opened = await worlds.open();
  await opened?.settled();
}
