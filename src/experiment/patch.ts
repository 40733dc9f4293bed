import { AGREEMENTS } from './agreements.ts';
import { followChain } from './agreeOnStage.ts';
import { ConfigError, show } from './errors.ts';
import type { FieldName } from './field.ts';
import { field, fieldNames, sameField } from './fields.ts';
import { normalizeConfig } from './normalize.ts';
import { PLAIN_TABLE } from './pointsTableCodec.ts';
import type { ExperimentConfig } from './types.ts';

export type ConfigPatch = Partial<ExperimentConfig>;

/**
 * Checks a change that a program or a form asks for, before any of it is applied.
 * @param base the experiment that the change is for: fields must agree with it
 * @returns the same change, with numbers rounded as far as links carry them
 * @throws ConfigError naming the field, what is wrong and what is allowed
 */
export function validatePatch(patch: unknown, base: ExperimentConfig): ConfigPatch {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    throw new ConfigError('patch', `= ${show(patch)} is not an object of fields`, fieldNames.join(', '));
  }
  const checked: { -readonly [K in FieldName]?: ExperimentConfig[K] } = {};
  const check = <K extends FieldName>(name: K, value: unknown) => {
    checked[name] = field(name).codec.check(value, name);
  };
  for (const [key, value] of Object.entries(patch)) {
    const name = fieldNames.find((known) => known === key);
    if (name === undefined) throw new ConfigError(show(key), 'is not a field', fieldNames.join(', '));
    check(name, value);
  }
  const nChain = checked.nChain ?? base.nChain;
  // All steps of a longer chain are all of a shorter one; on one that grows, other stages mean the number they say.
  if (checked.stages && (nChain < base.nChain || sameField('stages', base, { ...base, ...checked }))) {
    checked.stages = followChain(checked.stages, base.nChain, nChain);
  }
  checkAgreement({ ...base, ...checked }, checked);
  return checked;
}

/** What the patch itself asks for must be possible; what the base held is adjusted to it later. */
function checkAgreement(next: ExperimentConfig, patch: ConfigPatch): void {
  for (const { isAskedBy, broken } of AGREEMENTS) {
    const refusal = isAskedBy(patch) ? broken(next)?.refusal : null;
    if (refusal) throw new ConfigError(refusal.path, refusal.problem, refusal.allowed);
  }
}

/** The experiment after a checked change, with the other fields made to agree with it. */
export function applyPatch(base: ExperimentConfig, patch: ConfigPatch): ExperimentConfig {
  const stages = followChain(base.stages, base.nChain, patch.nChain ?? base.nChain);
  // Of points in the link and points on the device, those that are asked for last hold.
  const inLink = patch.customPoints && patch.customPoints.length > 0 && !patch.customData;
  const own = inLink ? { customData: '', customTable: patch.customTable ?? PLAIN_TABLE } : {};
  return normalizeConfig({ ...base, stages, ...patch, ...own }).config;
}
