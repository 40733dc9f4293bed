import { processes } from '../core/processes/index.ts';

/** Whether the process, by its registry id, takes its noise from the β schedule. */
export const followsSchedule = (process: string): boolean => processes.get(process).noise !== 'own';

/** Whether the process is DDPM's chain, the one whose reverse steps have a β and a β̃. */
export const isChain = (process: string): boolean => processes.get(process).noise === 'chain';
