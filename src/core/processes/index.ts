import { registry } from '../registry.ts';
import { edm } from './edm.ts';
import { rectifiedFlow } from './rectifiedFlow.ts';
import { subVp } from './subVp.ts';
import { ve } from './ve.ts';
import { vp } from './vp.ts';

export const processes = registry('process', [vp, subVp, ve, edm, rectifiedFlow]);
