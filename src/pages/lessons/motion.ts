/** Whether the person asked their system for less motion. */
export const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** To the top of the page, where the stages are. */
export function scrollToStages(): void {
  const stages = document.querySelector('[aria-label="Stages"]');
  stages?.scrollIntoView({ behavior: prefersStillness() ? 'auto' : 'smooth', block: 'start' });
}
