/** Whether the bytes of a picture end before it does, as in a broken download: browsers show what there is. */
export function isCutOff(bytes: Uint8Array): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (start.startsWith('\u0089PNG\r\n\u001a\n')) return isCutPng(bytes);
  // The end of the image comes after the start of its last scan.
  if (start.startsWith('\u00ff\u00d8')) return lastMarker(bytes, 0xd9) < lastMarker(bytes, 0xda);
  if (start.startsWith('GIF8')) return bytes[bytes.findLastIndex((byte) => byte !== 0)] !== 0x3b;
  if (start.startsWith('RIFF')) {
    return bytes.length < 8 || view(bytes).getUint32(4, true) + 8 > bytes.length;
  }
  return false;
}

/** Chunk after chunk up to the one that ends the picture. */
function isCutPng(bytes: Uint8Array): boolean {
  const data = view(bytes);
  const END = 0x49454e44;
  let at = 8;
  while (at + 12 <= bytes.length) {
    if (data.getUint32(at + 4) === END) return false;
    at += 12 + data.getUint32(at);
  }
  return true;
}

/** Where a JPEG's last marker of a kind is, or −1. */
const lastMarker = (bytes: Uint8Array, kind: number): number =>
  bytes.findLastIndex((byte, i) => byte === 0xff && bytes[i + 1] === kind);

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
