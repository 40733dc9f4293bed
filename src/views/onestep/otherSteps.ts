/** How many times as many steps are set beside those of a stage. */
const TIMES = [4, 16, 64];

/** Numbers of steps to compare with: more and more, up to the whole chain. */
export const otherSteps = (nSteps: number, nChain: number): readonly number[] => [
  ...new Set(TIMES.map((times) => Math.min(nChain, times * nSteps)).filter((more) => more > nSteps)),
];
