import { Dialog } from '../ui/Dialog.tsx';

const KEYS: readonly (readonly [string, string])[] = [
  ['Space', 'play or pause the animation'],
  ['← →', 'one frame towards the data, towards the noise'],
  ['Home, End', 'to the data, to the noise'],
  ['Click a stage', 'drop a particle and see its whole path'],
];

export function HelpDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Dialog open={open} onOpenChange={(now) => !now && onClose()} title="What am I looking at?" wide>
      <div className="help">
        <p>
          A diffusion model learns to undo noise. <strong>Forward</strong>: each data point is blurred, step
          by step, until nothing is left but Gaussian noise. A small neural network is trained, right now and
          on your machine, to tell which noise was added. <strong>Reverse</strong>: starting from pure noise,
          the network’s answer is subtracted again and again, and data appears. DDPM takes every one of the T
          steps and adds fresh noise on the way; DDIM skips most of them. The <strong>score</strong> is the
          same network seen as a field of arrows that point to where data is denser.
        </p>
        <p>
          All stages share one time axis below them. The reverse stages start from the same noise, so every
          difference you see is the method’s. Samples are called perfect when they are as near to fresh data
          as two fresh draws of data are to each other.
        </p>
        <h3>Keys</h3>
        <dl className="key-list">
          {KEYS.map(([key, meaning]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p>
          <a href="bench.html" target="_blank" rel="noopener">
            How fast is every engine on this device?
          </a>
        </p>
        <p>
          <a href="third-party-notices.txt" target="_blank" rel="noopener">
            Licences of the software in this page
          </a>
        </p>
      </div>
    </Dialog>
  );
}
