import { denseMachine, denseRatesAt, freshDenseTrainer } from '../../backends/dense/index.ts';
import { createRng } from '../../core/rng.ts';
import type { Learner, WorldModel } from '../learner.ts';
import { wordsAnswers } from './learning/answers.ts';
import { createClassifiers } from './learning/classifiers.ts';
import { METHODS } from './learning/methods/index.ts';
import type { WordsModel } from './learning/model.ts';
import { wordsRecordings } from './learning/record.ts';
import type { WordsSettings } from './settings.ts';

type Machine = Awaited<ReturnType<typeof denseMachine>>;

const BATCH = 128;
const LEARNING_RATE = 3e-3;
const EMA_DECAY = 0.99;
/** One network for all methods: what they can be compared by. */
const SIZE = { width: 256, depth: 3, residual: true } as const;

/** A method that knows nothing yet; also that of a scoreboard. */
export function createWordsModel(machine: Machine, settings: WordsSettings): WordsModel {
  const rng = createRng(settings.seed).fork('words');
  const process = METHODS[settings.method](settings, rng.fork('process'));
  const { inputs, outputs, reading } = process;
  const net = freshDenseTrainer(machine, { inputs, outputs, ...SIZE }, rng.fork('weights'));
  const classifiers = reading ? createClassifiers(machine, reading, rng.fork('classifiers')) : null;
  const stream = rng.fork('batches');
  return {
    process,
    net,
    rng,
    classifiers,
    train(budget) {
      const batch = process.batch(BATCH, stream);
      const rates = denseRatesAt(net.step, { learningRate: LEARNING_RATE, budget, emaDecay: EMA_DECAY });
      if (!batch.learnInputs) return net.train(batch.inputs, BATCH, batch.slopes, rates);
      const inputSlopes = new Float32Array(batch.inputs.length);
      const loss = net.train(batch.inputs, BATCH, batch.slopes, rates, inputSlopes);
      batch.learnInputs(inputSlopes, rates.learningRate);
      return loss;
    },
    dispose() {
      classifiers?.dispose();
      net.dispose();
    },
  };
}

export const wordsLearner: Learner<WordsSettings> = {
  async build(settings): Promise<WorldModel<WordsSettings>> {
    const machine = await denseMachine();
    const model = createWordsModel(machine, settings);
    const { answers, dispose } = wordsAnswers(model, (other) => createWordsModel(machine, other));
    return {
      get step() {
        return model.net.step;
      },
      train: ({ budgetSteps }) => model.train(budgetSteps),
      recordings: wordsRecordings(model),
      answers,
      dispose() {
        dispose();
        model.dispose();
      },
    };
  },
};
