import type { ExperimentConfig } from '../experiment/types.ts';
import { encodeConfig } from '../experiment/url.ts';

/** The address that opens this experiment as the whole page, without keys such as `embed`. */
export function fullPageLink(config: ExperimentConfig): string {
  const query = encodeConfig(config);
  return `${plainAddress()}${query === '' ? '' : `?${query}`}`;
}

/** Gives each frame the height that it tells, in browsers that do not size frames by their content. Harmless if pasted twice. */
const HEIGHT_LISTENER =
  "<script>addEventListener('message',e=>{if(e.data?.type==='diffusion-playground-height')for(const f of document.querySelectorAll('iframe'))if(f.contentWindow===e.source)f.height=e.data.height})</script>";

/** The line to paste into a blog post. */
export function embedCode(config: ExperimentConfig): string {
  const query = encodeConfig(config);
  const address = `${plainAddress()}?embed${query === '' ? '' : `&${query}`}`;
  return `<iframe src="${address.replaceAll('&', '&amp;')}" width="100%" height="520" style="border:0;frame-sizing:content-height" loading="lazy" title="Diffusion Playground"></iframe>${HEIGHT_LISTENER}`;
}

/** This page's address without its query; of files, the origin would be "null". */
function plainAddress(): string {
  return location.href.replace(/[?#].*$/, '');
}
