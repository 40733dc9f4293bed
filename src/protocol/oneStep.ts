/**
 * One reverse step from a place of the picture, at several times: what is exactly known of it. Positions are data units as the picture
 * of time t has them: its centre + shrink·scale·(scaled units), for x_s too, so that both lie on one plane; x_0 is where the data are.
 */
export interface OneStep {
  readonly kind: 'one-step';
  /** `recordingKey` of the request. */
  readonly key: string;
  readonly source: 'exact';
  readonly modelStep: number;
  /** [L] increasing: the times t that the step leaves. */
  readonly times: Float32Array;
  /** [L] the times s that it goes to. */
  readonly earlier: Float32Array;
  /** About which the picture is shrunk. */
  readonly centre: readonly [number, number];
  /**
   * [L][6] α_s, σ_s, the factors of x_0 and of x_t, and the standard deviations √v of the step and √β, in data units. The factor of x_0 and
   * the deviations are shrunk as the picture of t is.
   */
  readonly coefficients: Float32Array;
  /** [L][2] mean and [L][3] covariance of q(x_s|x_t). */
  readonly mean: Float32Array;
  readonly covariance: Float32Array;
  /** [L] KL(q(x_s|x_t) ‖ the Gaussian of its moments), nats. */
  readonly kl: Float32Array;
  /** Whose numbers of steps there are others, and [others][L] the same KL of theirs; empty while it is computed. */
  readonly otherSteps: readonly number[];
  readonly otherKl: Float32Array;
  /** Nodes along each axis of the whitened plane, from −reach to reach deviations. */
  readonly resolution: number;
  readonly reach: number;
  /** [L][resolution][resolution] q(x_s|x_t) over the highest value of the Gaussian of its moments. */
  readonly density: Float32Array;
  /** [L][2] E[x_0|x_t], and [L][nDraws][2] draws from p(x_0|x_t), data units. */
  readonly x0: Float32Array;
  readonly nDraws: number;
  readonly draws: Float32Array;
}

/** What a network answers at one place of the picture, at several times. */
export interface Answers {
  readonly kind: 'answers';
  readonly key: string;
  readonly source: 'pretrained' | 'own';
  readonly modelStep: number;
  /** [L] increasing. */
  readonly times: Float32Array;
  /** [L][2] its x̂_0, data units. */
  readonly x0Hat: Float32Array;
}
