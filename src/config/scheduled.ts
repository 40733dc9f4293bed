/** Families whose noise is the β schedule; the others have a noise of their own, with their own parameters. */
const SCHEDULED: readonly string[] = ['vp', 'sub-vp'];

/** Whether the process, by its registry id, takes its noise from the β schedule. */
export const followsSchedule = (process: string): boolean => SCHEDULED.includes(process);

/** Whether the process is DDPM's chain, the one whose reverse steps have a β and a β̃. */
export const isChain = (process: string): boolean => process === 'vp';
