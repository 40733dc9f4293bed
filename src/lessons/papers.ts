/** A source, as it is cited. */
export interface Paper {
  readonly authors: string;
  readonly year: number;
  readonly title: string;
  /** Where it can be read; missing where no free copy has an address that lasts. */
  readonly arxiv?: string;
}

/** The papers that the glossary and the explanation lean on. */
export const PAPERS = {
  sohl: {
    authors: 'Sohl-Dickstein et al.',
    year: 2015,
    title: 'Deep Unsupervised Learning using Nonequilibrium Thermodynamics',
    arxiv: '1503.03585',
  },
  ncsn: {
    authors: 'Song & Ermon',
    year: 2019,
    title: 'Generative Modeling by Estimating Gradients of the Data Distribution',
    arxiv: '1907.05600',
  },
  ddpm: {
    authors: 'Ho, Jain & Abbeel',
    year: 2020,
    title: 'Denoising Diffusion Probabilistic Models',
    arxiv: '2006.11239',
  },
  ddim: {
    authors: 'Song, Meng & Ermon',
    year: 2021,
    title: 'Denoising Diffusion Implicit Models',
    arxiv: '2010.02502',
  },
  iddpm: {
    authors: 'Nichol & Dhariwal',
    year: 2021,
    title: 'Improved Denoising Diffusion Probabilistic Models',
    arxiv: '2102.09672',
  },
  sde: {
    authors: 'Song et al.',
    year: 2021,
    title: 'Score-Based Generative Modeling through Stochastic Differential Equations',
    arxiv: '2011.13456',
  },
  likelihood: {
    authors: 'Song et al.',
    year: 2021,
    title: 'Maximum Likelihood Training of Score-Based Diffusion Models',
    arxiv: '2101.09258',
  },
  vdm: { authors: 'Kingma et al.', year: 2021, title: 'Variational Diffusion Models', arxiv: '2107.00630' },
  guided: {
    authors: 'Dhariwal & Nichol',
    year: 2021,
    title: 'Diffusion Models Beat GANs on Image Synthesis',
    arxiv: '2105.05233',
  },
  edm: {
    authors: 'Karras et al.',
    year: 2022,
    title: 'Elucidating the Design Space of Diffusion-Based Generative Models',
    arxiv: '2206.00364',
  },
  cfg: {
    authors: 'Ho & Salimans',
    year: 2022,
    title: 'Classifier-Free Diffusion Guidance',
    arxiv: '2207.12598',
  },
  velocity: {
    authors: 'Salimans & Ho',
    year: 2022,
    title: 'Progressive Distillation for Fast Sampling of Diffusion Models',
    arxiv: '2202.00512',
  },
  dpm: {
    authors: 'Lu et al.',
    year: 2022,
    title: 'DPM-Solver: A Fast ODE Solver for Diffusion Probabilistic Model Sampling in Around 10 Steps',
    arxiv: '2206.00927',
  },
  dpmpp: {
    authors: 'Lu et al.',
    year: 2022,
    title: 'DPM-Solver++: Fast Solver for Guided Sampling of Diffusion Probabilistic Models',
    arxiv: '2211.01095',
  },
  imagen: {
    authors: 'Saharia et al.',
    year: 2022,
    title: 'Photorealistic Text-to-Image Diffusion Models with Deep Language Understanding',
    arxiv: '2205.11487',
  },
  p2: {
    authors: 'Choi et al.',
    year: 2022,
    title: 'Perception Prioritized Training of Diffusion Models',
    arxiv: '2204.00227',
  },
  flow: {
    authors: 'Liu, Gong & Liu',
    year: 2023,
    title: 'Flow Straight and Fast: Learning to Generate and Transfer Data with Rectified Flow',
    arxiv: '2209.03003',
  },
  unipc: {
    authors: 'Zhao et al.',
    year: 2023,
    title: 'UniPC: A Unified Predictor-Corrector Framework for Fast Sampling of Diffusion Models',
    arxiv: '2302.04867',
  },
  minSnr: {
    authors: 'Hang et al.',
    year: 2023,
    title: 'Efficient Diffusion Training via Min-SNR Weighting Strategy',
    arxiv: '2303.09556',
  },
  terminal: {
    authors: 'Lin et al.',
    year: 2024,
    title: 'Common Diffusion Noise Schedules and Sample Steps are Flawed',
    arxiv: '2305.08891',
  },
  laplace: {
    authors: 'Hang et al.',
    year: 2024,
    title: 'Improved Noise Schedule for Diffusion Training',
    arxiv: '2407.03297',
  },
  scoreMatching: {
    authors: 'Hyvärinen',
    year: 2005,
    title: 'Estimation of Non-Normalized Statistical Models by Score Matching',
  },
  slicedScore: {
    authors: 'Song et al.',
    year: 2019,
    title: 'Sliced Score Matching: A Scalable Approach to Density and Score Estimation',
    arxiv: '1905.07088',
  },
  vincent: {
    authors: 'Vincent',
    year: 2011,
    title: 'A Connection Between Score Matching and Denoising Autoencoders',
  },
  tweedie: { authors: 'Efron', year: 2011, title: 'Tweedie’s Formula and Selection Bias' },
  langevin: {
    authors: 'Roberts & Tweedie',
    year: 1996,
    title: 'Exponential Convergence of Langevin Distributions and Their Discrete Approximations',
  },
  slicedW2: {
    authors: 'Bonneel et al.',
    year: 2015,
    title: 'Sliced and Radon Wasserstein Barycenters of Measures',
  },
  coverage: {
    authors: 'Naeem et al.',
    year: 2020,
    title: 'Reliable Fidelity and Diversity Metrics for Generative Models',
    arxiv: '2002.09797',
  },
  adam: {
    authors: 'Kingma & Ba',
    year: 2015,
    title: 'Adam: A Method for Stochastic Optimization',
    arxiv: '1412.6980',
  },
  rk45: {
    authors: 'Dormand & Prince',
    year: 1980,
    title: 'A Family of Embedded Runge–Kutta Formulae',
  },
  gelu: {
    authors: 'Hendrycks & Gimpel',
    year: 2016,
    title: 'Gaussian Error Linear Units (GELUs)',
    arxiv: '1606.08415',
  },
  polyak: {
    authors: 'Polyak & Juditsky',
    year: 1992,
    title: 'Acceleration of Stochastic Approximation by Averaging',
  },
} as const satisfies Readonly<Record<string, Paper>>;

export type PaperId = keyof typeof PAPERS;

/** "Ho, Jain & Abbeel 2020" */
export const citation = ({ authors, year }: Paper): string => `${authors} ${year}`;
