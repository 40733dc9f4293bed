import { type Experiment, QUESTIONS, type Question } from '../../../lessons/experiment.ts';
import { experiments } from '../../../lessons/experiments/index.ts';
import { usePlayground } from '../../../store/react.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useLessons } from '../lessonsContext.ts';
import { scrollToStages } from '../motion.ts';
import { useOpenExperiment } from '../useOpenExperiment.ts';
import './experiments.css';

const questions = Object.entries(QUESTIONS) as readonly (readonly [Question, string])[];

/** The ready experiments, question by question. */
export default function ExperimentsDialog() {
  const { show } = useLessons();
  const open = useOpenExperiment();
  const current = usePlayground((state) => state.experiment);
  const choose = (experiment: Experiment) => {
    show(null);
    open(experiment);
    scrollToStages();
  };
  return (
    <Dialog
      open
      wide
      onOpenChange={(now) => !now && show(null)}
      title="Experiments"
      description="Each sets the whole page. The browser’s Back brings yours back."
    >
      {questions.map(([group, question]) => (
        <section key={group} className="experiment-group" aria-labelledby={`experiments-${group}`}>
          <h3 id={`experiments-${group}`}>{question}</h3>
          <ul>
            {experiments.entries
              .filter((experiment) => experiment.group === group)
              .map((experiment) => (
                <li key={experiment.id}>
                  <ExperimentCard
                    experiment={experiment}
                    current={experiment === current}
                    onChoose={() => choose(experiment)}
                  />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}

interface ExperimentCardProps {
  readonly experiment: Experiment;
  readonly current: boolean;
  readonly onChoose: () => void;
}

function ExperimentCard({ experiment: { id, title, lookFor }, current, onChoose }: ExperimentCardProps) {
  return (
    <button
      type="button"
      className="experiment-card"
      aria-current={current}
      aria-labelledby={`experiment-${id}`}
      aria-describedby={`experiment-${id}-look`}
      onClick={onChoose}
    >
      <img src={`experiments/${id}.webp`} alt="" width={300} height={100} loading="lazy" />
      <span id={`experiment-${id}`} className="experiment-title">
        {title}
      </span>
      <span id={`experiment-${id}-look`} className="experiment-look">
        {lookFor}
      </span>
    </button>
  );
}
