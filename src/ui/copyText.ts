/**
 * Puts a field's text on the clipboard, and leaves it selected, so that a person can copy what the browser would not.
 * @returns whether it was copied
 */
export async function copyText(field: HTMLInputElement | HTMLTextAreaElement): Promise<boolean> {
  field.focus();
  field.select();
  try {
    // There is no clipboard on plain http, and some frames may not use theirs.
    if (navigator.clipboard === undefined) return document.execCommand('copy');
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return false;
  }
}
