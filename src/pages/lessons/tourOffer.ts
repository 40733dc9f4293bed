const KEY = 'diffusion-playground.tour';

/** Whether nobody has answered the offer of a tour on this device; where nothing can be remembered, it is not offered. */
export function isTourOffered(): boolean {
  try {
    return localStorage.getItem(KEY) === null;
  } catch {
    return false;
  }
}

/** The tour was taken or declined. */
export function rememberTour(): void {
  try {
    localStorage.setItem(KEY, 'answered');
  } catch {
    // Storage is blocked: the offer ends with the page.
  }
}
