export const CHROMIUM_ARGS: string[];
export function findChromium(ownPath?: string): string | null;
export function ensureChromium(): Promise<string>;
