/** A part of the explanation. Its paragraphs may hold TeX and links (`richText.ts`); one that is a formula alone is set apart. */
export interface Section {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** A first text on diffusion models, whose links set the stages. */
export const EXPLANATION: readonly Section[] = [
  {
    title: 'What noise does',
    paragraphs: [
      'Take the points of a shape and push each a little in a random direction. Do it again, [two hundred times](experiment:one-jump), shrinking the whole a little each time so that it keeps its size. Neighbours part, the lines blur, and in the end nothing tells you what the shape was: the points lie like any [normal cloud](term:gaussian). Many small pushes amount to a single large one, so that a point at time $t$ can be written down at once:',
      String.raw`$x_t=\sqrt{\bar\alpha_t}\,x_0+\sqrt{1-\bar\alpha_t}\;\varepsilon$`,
      String.raw`Here $x_0$ is the clean point, $\varepsilon$ is random, and [$\bar\alpha_t$](term:alpha-bar) falls from 1 to nearly 0. Destroying is easy. If we could run it backwards, we could make new points of the same shape out of nothing but noise.`,
    ],
  },
  {
    title: 'What the network learns',
    paragraphs: [
      'Show a small network a noised point and its time, and ask where the point came from. Training knows, since it added the noise itself, and corrects the network by the square of its error, again and again, at every noise level.',
      'But the question has no single answer: many clean points could have ended up in the same place. The answer with the least squared error is the mean of all of them, each weighed by how likely it is. This mean is what the network learns. Watch [its guesses](experiment:best-guess): in pure noise every guess is the middle of the shape; the less noise there is, the fewer places are possible and the nearer the guess comes to one of them.',
      'The same mean says more. The direction from a noised point towards it is the direction in which the noised data grow denser most steeply, the [score](term:score):',
      String.raw`$\nabla\ln p_t(x_t)=\frac{\sqrt{\bar\alpha_t}\,\mathbb E[x_0\mid x_t]-x_t}{1-\bar\alpha_t}$`,
      'So to denoise is to know which way is [uphill](experiment:uphill). Since our data sets are simple, the exact score can be computed, and you can see [how near the network comes](experiment:learned-exact). Whether it is asked for the clean point, for the noise or for a mixture of both, the [velocity](term:velocity), is the same knowledge in other words, though [some words are easier to learn](experiment:predict-velocity) [than others](experiment:predict-noise).',
    ],
  },
  {
    title: 'Why one step is not enough',
    paragraphs: [
      'Why not take the guess and be done? Because a mean of possible points need not be a possible point. Halfway between two arms of a spiral there is nothing, and from pure noise [one step](experiment:one-step) takes every point to the same place in the middle. The guess is right as a direction and wrong as a destination. So go only a little way towards it, to slightly less noise. There, fewer clean points are possible, the guess is sharper, and you ask again.',
    ],
  },
  {
    title: 'DDPM and DDIM',
    paragraphs: [
      'DDPM goes back along the chain by which the noise was added, and after each small step puts a little [fresh noise](term:variance) in, as much as the step needs for the cloud to have its right width. Paths jitter, and it takes [many steps](experiment:ddpm-steps).',
      'DDIM sees that the same network allows another way. It moves the point along its guess and [adds no fresh noise](experiment:eta). Then where a point starts decides where it ends, on a smooth path that few large steps can follow: [ten, fifty or two hundred](experiment:same-noise) lead nearly to the same place. It can even be run backwards, to [encode](experiment:encode-decode) data as noise. In the limit of small steps the smooth paths solve an ordinary differential equation and the rough ones a stochastic one, and [both arrive at the same distribution](experiment:ode-sde).',
      'A smooth path can be followed better still. [Solvers of second order](experiment:second-order) notice how it bends, [Heun’s method](experiment:heun) looks twice before each step, and it matters [where the steps are spent](experiment:where-steps): mostly near the data, where detail is decided.',
    ],
  },
  {
    title: 'The schedule',
    paragraphs: [
      'How fast should the signal fade? With the [linear schedule](term:linear-schedule) most of it is gone by a third of the time, and the rest is spent on what is noise already; the [cosine schedule](experiment:linear-cosine) fades evenly. At the end nothing should be left, since sampling starts from pure noise: if [some signal remains](experiment:signal-left), it starts in the wrong place, and [stretching the schedule](experiment:zero-terminal) cures that. Nor must the data shrink: noise can [explode](experiment:variance-exploding) around them instead, or trade places with them along [straight lines](experiment:rectified-flow).',
    ],
  },
  {
    title: 'How good is it?',
    paragraphs: [
      'A picture can deceive, so the page measures. [Strays](term:strays) are samples where no data are; [missed](term:missed) are data where no samples are; the [distance](term:w2) says how far samples must be moved to become data. Each stands beside what another draw of true data would have, for nothing can be better than that but by chance. An error can be the network’s or the sampler’s: give a stage the exact denoiser, and what is left is the sampler’s. And mind what “good” means: with [twenty points](experiment:few-data) to learn from, the perfect answer repeats those twenty.',
    ],
  },
  {
    title: 'Where it comes from',
    paragraphs: [
      'Undoing noise step by step was proposed by [Sohl-Dickstein and others](paper:sohl) in 2015 and made to work on pictures, as DDPM, by [Ho, Jain and Abbeel](paper:ddpm) in 2020. [Song and Ermon](paper:ncsn) came to it from the score and [Langevin dynamics](experiment:langevin); [Song and others](paper:sde) joined both in differential equations. DDIM is by [Song, Meng and Ermon](paper:ddim), the cosine schedule by [Nichol and Dhariwal](paper:iddpm), [guidance](experiment:guidance) without a classifier by [Ho and Salimans](paper:cfg), and [Karras and others](paper:edm) sorted out which choice does what. What draws pictures today is this, with more dimensions than two. Now [try your own data](experiment:own-data).',
    ],
  },
];
