import '@tensorflow/tfjs-backend-webgl';

export async function prepare(): Promise<void> {}
