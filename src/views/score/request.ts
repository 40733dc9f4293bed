/** A score field on a grid, as the engine is asked for it. */
export interface ScoreRequest {
  readonly kind: 'score';
  readonly source: 'learned' | 'exact';
  /** 1…K, or left out for any. */
  readonly ofClass?: number;
  /** w of classifier-free guidance, 0 where left out. */
  readonly guidance?: number;
}
