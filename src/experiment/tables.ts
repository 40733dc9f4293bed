/** The tables of papers that are filled with the toy's numbers: one line each, and one in `store/paperTables.ts`. */
export const TABLES = {
  'ddim-steps': { label: 'DDIM, Table 1: η and steps' },
  'ddpm-losses': { label: 'DDPM, Table 2: outputs and losses' },
  'iddpm-bits': { label: 'IDDPM: schedules and variances, in bits' },
  'sde-samplers': { label: 'Score SDE: processes and samplers' },
  'corrector-snr': { label: 'Corrector: signal-to-noise ratio r' },
  guidance: { label: 'Guidance: weight w and steps' },
  'few-steps': { label: 'Few steps: S halved again and again' },
  distillation: { label: 'Progressive distillation: S halved by students' },
} as const satisfies Readonly<Record<string, { readonly label: string }>>;

export type TableId = keyof typeof TABLES;

export const tableIds = Object.keys(TABLES) as readonly TableId[];

/** Rows and columns of a person's own. */
export const OWN_TABLE = 'own';
