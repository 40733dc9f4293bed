import { ConfigError } from '../../../experiment/errors.ts';
import { fieldsOf } from '../../../families/discrete/requests.ts';
import { badRequest } from '../../../protocol/errors.ts';
import type { ControlRequest, WordsSettings } from '../settings.ts';
import { words } from '../world.ts';
import type { WordsModel } from './model.ts';

const FIELDS = ['attribute', 'value', 'way', 'scale'] as const;

/**
 * A program's control: { attribute, value, way, scale }, or a list of such, which are asked for together; way and scale are those
 * of the first that has them, else of the settings. @throws EngineError 'bad-request'
 */
export function controlOf(
  request: unknown,
  { classifiers }: WordsModel,
  settings: WordsSettings,
): ControlRequest {
  if (classifiers === null)
    throw badRequest(`${settings.method} cannot be controlled.`, 'Choose diffusion-lm or ssd-lm.');
  const parts = (Array.isArray(request) ? request : [request]).map((part) => fieldsOf(part, FIELDS));
  const given = <K extends (typeof FIELDS)[number]>(name: K) =>
    parts.find((part) => part[name] !== undefined)?.[name];
  const { fields } = words;
  try {
    return {
      asked: fields.control.codec.check(askedOf(parts), 'control'),
      way: fields.controlWay.codec.check(given('way') ?? settings.controlWay, 'control.way'),
      scale: fields.controlScale.codec.check(given('scale') ?? settings.controlScale, 'control.scale'),
    };
  } catch (error) {
    if (error instanceof ConfigError) throw badRequest(error.message, 'Give what is allowed.');
    throw error;
  }
}

/** Attributes and values of all parts as one object. */
function askedOf(parts: readonly Readonly<Record<string, unknown>>[]): Record<string, unknown> {
  const asked: Record<string, unknown> = {};
  for (const { attribute, value } of parts) {
    if (typeof attribute !== 'string')
      throw badRequest(
        'control names no attribute.',
        'Give { attribute, value }, such as number and plural.',
      );
    if (attribute in asked) throw badRequest(`control asks for ${attribute} twice.`, 'Ask for one value.');
    asked[attribute] = value;
  }
  return asked;
}
