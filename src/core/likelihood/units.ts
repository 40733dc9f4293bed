/** −ln p in nats per point of the plane → bits per dimension. */
export const bitsPerDim = (negativeLogDensity: number): number => negativeLogDensity / (2 * Math.LN2);

/** Nats → bits. */
export const bits = (nats: number): number => nats / Math.LN2;
