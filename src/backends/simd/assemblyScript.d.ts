/** A variant of the kernel, compiled by scripts/lib/assemblyScript.ts, as base64 text. */
declare module '*/index.as?relaxed' {
  const binary: string;
  export default binary;
}
declare module '*/index.as?simd' {
  const binary: string;
  export default binary;
}
declare module '*/index.as?scalar' {
  const binary: string;
  export default binary;
}
declare module '*/index.as?relaxed-shared' {
  const binary: string;
  export default binary;
}
declare module '*/index.as?simd-shared' {
  const binary: string;
  export default binary;
}
