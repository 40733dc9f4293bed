import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/icons.tsx';
import { type Lesson, useLessons } from './lessons/lessonsContext.ts';
import './helpDialog.css';

const KEYS: readonly (readonly [string, string])[] = [
  ['Space', 'play or pause the animation'],
  ['← →', 'one frame towards the data, towards the noise'],
  ['Home, End', 'to the data, to the noise'],
  ['Click a stage', 'drop a particle and see its whole path'],
];

export function HelpDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { show } = useLessons();
  const leaveFor = (lesson: Lesson) => {
    onClose();
    show(lesson);
  };
  return (
    <Dialog open={open} onOpenChange={(now) => !now && onClose()} title="What am I looking at?" wide>
      <div className="help">
        <div className="button-row">
          <Button icon={<Icon name="play" />} onClick={() => leaveFor('tour')}>
            Take the tour
          </Button>
          <Button icon={<Icon name="flask" />} onClick={() => leaveFor('experiments')}>
            Experiments
          </Button>
        </div>
        <p>
          A diffusion model learns to undo noise. <strong>Forward</strong>: noise pushes each data point
          about, a little at a time, until nothing is left but a normal cloud. A small neural network is
          trained, right now and on your machine, to look at a noised point and say where it came from; many
          places are possible, and what it learns is their mean. By default it answers with v, a mixture of
          noise and clean point from which either follows.
        </p>
        <p>
          <strong>Reverse</strong>: starting from noise, a sampler goes a small part of the way to that answer
          and asks again, until data appear. DDPM adds a little fresh noise in each step, and needs many. DDIM
          adds none: every start has one smooth path to one end, which a few large steps can follow. The{' '}
          <strong>score</strong> is the same network seen as a field of arrows that point to where data are
          denser.
        </p>
        <p>
          All stages share one time axis. The reverse stages start from the same noise, so every difference
          you see is the method’s. Samples are as good as true draws when they are as near to fresh data as
          two fresh draws of data are to each other. Words with a dotted line explain themselves.
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
