import type { MethodId } from '../../settings.ts';
import { anyOrder, bert, gpt } from './anyOrder.ts';
import { bart } from './bart.ts';
import { d3pm } from './d3pm.ts';
import { diffuSeq } from './diffuSeq.ts';
import { diffusEr } from './diffusEr.ts';
import { diffusionLm } from './diffusionLm.ts';
import type { Method } from './method.ts';
import { ssdLm } from './ssdLm.ts';

/** One line each. */
export const METHODS: Readonly<Record<MethodId, Method>> = {
  'any-order': anyOrder,
  bert,
  gpt,
  bart,
  d3pm,
  'ssd-lm': ssdLm,
  'diffusion-lm': diffusionLm,
  diffuseq: diffuSeq,
  diffuser: diffusEr,
};
