import '@tensorflow/tfjs-backend-cpu';

/** Plain JavaScript: always there, slow. */
export async function prepare(): Promise<void> {}
