export type BrowserName = 'chromium' | 'firefox' | 'webkit';
export const BROWSERS: Readonly<Record<BrowserName, { readonly packages: readonly string[] }>>;
export function partsOf(name: BrowserName): Readonly<Record<string, string>> | null;
export function ensureBrowsers(): Promise<void>;
